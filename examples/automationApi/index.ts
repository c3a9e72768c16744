// Pulumi's Automation API: a stack whose program is a function of this one, for a portal or a command of your own.
import { type InlineProgramArgs, LocalWorkspace } from "@pulumi/pulumi/automation";
import { getEndpointService } from "pulumi-vpcep";

const [serviceId] = process.argv.slice(2);

const stackArgs: InlineProgramArgs = {
  stackName: "dev",
  projectName: "vpcep-automation-api",
  program: async () => {
    const orders = getEndpointService("orders", { id: serviceId ?? "" });
    return { vpcId: orders.vpcId, ports: orders.ports };
  },
};

async function main(): Promise<void> {
  if (serviceId === undefined) {
    throw new Error("Usage: npx tsx index.ts SERVICE_ID");
  }
  // Pulumi imports the provider by its package's name, from the folder that it works in: by default wherever this tool
  // is started. `workDir`, with the Pulumi.yaml in it, makes that this file's folder, whose node_modules are searched.
  const stack = await LocalWorkspace.createOrSelectStack(stackArgs, { workDir: __dirname });
  const { outputs } = await stack.up({ onOutput: (text) => process.stderr.write(text) });
  console.log(
    JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))),
  );
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
