// Stands for a firewall rule of the cloud, so that the example runs without the cloud's provider: it only keeps state.
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

interface Rule {
  vpcId: string;
  ports: number[];
}

const firewallRules: pulumi.dynamic.ResourceProvider<Rule, Rule> = {
  create: async (rule) => ({ id: `rule-${randomUUID()}`, outs: rule }),
  // Ports can be changed in place; a rule cannot move to another VPC.
  diff: async (_id, before, after) => ({
    changes: before.vpcId !== after.vpcId || before.ports.join() !== after.ports.join(),
    replaces: before.vpcId === after.vpcId ? [] : ["vpcId"],
  }),
  update: async (_id, _before, after) => ({ outs: after }),
};

export class FirewallRule extends pulumi.dynamic.Resource {
  declare readonly vpcId: pulumi.Output<string>;
  declare readonly ports: pulumi.Output<number[]>;

  constructor(
    name: string,
    rule: { vpcId: pulumi.Input<string>; ports: pulumi.Input<number[]> },
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(firewallRules, name, rule, opts, "example", "FirewallRule");
  }
}
