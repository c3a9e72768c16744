// Stands for the cloud's own resource, so that the example runs without the cloud's provider. The settings are the
// lookup's: HW_PROJECT_ID, HW_AUTH_TOKEN and VPCEP_ENDPOINT.
import * as pulumi from "@pulumi/pulumi";

interface Inputs {
  serverType: string;
  vpcId: string;
  portId: string;
  ports: { clientPort: number; serverPort: number }[];
}

async function send(method: string, path: string, body?: object): Promise<Response> {
  const { VPCEP_ENDPOINT, HW_PROJECT_ID, HW_AUTH_TOKEN = "" } = process.env;
  const answer = await fetch(`${VPCEP_ENDPOINT}/v1/${HW_PROJECT_ID}/vpc-endpoint-services${path}`, {
    method,
    headers: { "X-Auth-Token": HW_AUTH_TOKEN, "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer;
}

const ownedServices: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    const { serverType, vpcId, portId, ports } = inputs;
    const answer = await send("POST", "", {
      server_type: serverType,
      vpc_id: vpcId,
      port_id: portId,
      ports: ports.map(({ clientPort, serverPort }) => ({
        client_port: clientPort,
        server_port: serverPort,
        protocol: "TCP",
      })),
    });
    const { id } = (await answer.json()) as { id: string };
    return { id, outs: inputs };
  },
  async delete(id) {
    await send("DELETE", `/${id}`);
  },
};

export class OwnedService extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: Inputs) {
    super(ownedServices, name, inputs, undefined, "example", "OwnedService");
  }
}
