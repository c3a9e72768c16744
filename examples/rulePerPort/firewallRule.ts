// Stands for a firewall rule of the cloud, so that the example runs without the cloud's provider: it only keeps state.
import * as pulumi from "@pulumi/pulumi";

const firewallRules: pulumi.dynamic.ResourceProvider<{ port: number }> = {
  create: async ({ port }) => ({ id: `rule-${port}`, outs: { port } }),
};

export class FirewallRule extends pulumi.dynamic.Resource {
  declare readonly port: pulumi.Output<number>;

  constructor(name: string, rule: { port: number }) {
    super(firewallRules, name, rule, undefined, "example", "FirewallRule");
  }
}
