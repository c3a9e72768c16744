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
  // The provider's process imports pulumi-vpcep by its name from the folder that the program is in, by default whatever
  // folder this is started from: `workDir`, with the Pulumi.yaml beside this file, makes it this one.
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
