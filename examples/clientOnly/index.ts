// The client without Pulumi: prints a service as JSON for a script, and says by its exit code whether it can be used.
import { createVpcepClient, VpcepError } from "pulumi-vpcep/provider";

const [id] = process.argv.slice(2);

async function main(): Promise<void> {
  if (id === undefined) {
    throw new Error("Usage: npx tsx index.ts SERVICE_ID");
  }
  // Region, endpoint and credential come from the environment or a profile, as in a Pulumi program.
  const client = createVpcepClient();
  try {
    const { status, vpcId, ports } = await client.getEndpointService({ id });
    console.log(JSON.stringify({ status, vpcId, ports }));
    process.exitCode = status === "available" ? 0 : 2;
  } finally {
    await client.close();
  }
}

main().catch((error: Error) => {
  // The message says what happened, where, and what to do next; the code is for programs.
  console.error(error.message);
  process.exitCode = error instanceof VpcepError && error.code === "VPCEP_NOT_FOUND" ? 3 : 1;
});
