// Proves which hosts a region has, and that no address can carry a credential to another host.
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { createVpcepClient } from "../../../provider";
import { isLoopback, metadataOrigin } from "../../../provider/http/addresses";
import {
  checkCloud,
  checkOrigin,
  defaultCloud,
  iamOrigin,
  stsOrigin,
  vpcepOrigin,
} from "../../../provider/settings/hosts";
import { type Emulator, startEmulator } from "../../../sdk/testing";
import { errorOf, lookUp, serviceId, settingsFor } from "../lookups";

describe("the hosts of a region", () => {
  const huawei = "myhuaweicloud.com";
  const otc = "otc.t-systems.com";
  for (const [region, cloud, vpcep, iam, sts] of [
    ["cn-north-4", huawei, "vpcep.cn-north-4", "iam.cn-north-4", "sts.cn-north-4"],
    ["cn-east-3", huawei, "vpcep.cn-east-3", "iam.cn-east-3", "sts.cn-east-3"],
    ["cn-southwest-2", huawei, "vpcep.cn-southwest-2", "iam.cn-southwest-2", "sts.cn-southwest-2"],
    ["ap-southeast-1", huawei, "vpcep.ap-southeast-1", "iam.ap-southeast-1", "sts.ap-southeast-1"],
    ["af-south-1", huawei, "vpcep.af-south-1", "iam.af-south-1", "sts.af-south-1"],
    ["la-south-2", huawei, "vpcep.la-south-2", "iam.la-south-2", "sts.la-south-2"],
    ["sa-brazil-1", huawei, "vpcep.sa-brazil-1", "iam.sa-brazil-1", "sts.sa-brazil-1"],
    ["tr-west-1", huawei, "vpcep.tr-west-1", "iam.tr-west-1", "sts.tr-west-1"],
    ["my-kualalumpur-1", huawei, "vpcep.my-kualalumpur-1", "iam.my-kualalumpur-1", "sts.my-kualalumpur-1"],
    ["eu-west-1", huawei, "vpcep.eu-west-1", "iam.eu-west-1", "sts.eu-west-1"],
    ["eu-west-1011", huawei, "vpcep.eu-west-1011", "iam.eu-west-1011", "sts.eu-west-1011"],
    ["eu-west-101", "myhuaweicloud.eu", "vpcep.eu-west-101", "iam.eu-west-101", "sts.eu-west-101"],
    ["eu-west-199", "myhuaweicloud.eu", "vpcep.eu-west-199", "iam.eu-west-199", "sts.eu-west-199"],
    ["eu-de", otc, "vpcep.eu-de", "iam.eu-de", undefined],
    ["eu-nl", otc, "vpcep.eu-nl", "iam.eu-nl", undefined],
    ["eu-ch2", "sc.otc.t-systems.com", "vpcep.eu-ch2", "iam-pub.eu-ch2", undefined],
    ["eu-west-0", "prod-cloud-ocb.orange-business.com", "vpcep.eu-west-0", "iam.eu-west-0", undefined],
  ] as const) {
    it(`are ${[vpcep, iam, sts].filter(Boolean).join(", ")} below ${cloud} in ${region}`, () => {
      const origin = (host: string | undefined) => host && `https://${host}.${cloud}`;
      assert.equal(defaultCloud(region), cloud);
      assert.deepEqual(
        [vpcepOrigin, iamOrigin, stsOrigin].map((of) => of(region, cloud)),
        [vpcep, iam, sts].map(origin),
      );
    });
  }

  it("are below the domain that a private cloud has, without an STS", () => {
    const [region, cloud] = ["sa-fb-1", "cloud.example.internal"];
    assert.equal(vpcepOrigin(region, cloud), "https://vpcep.sa-fb-1.cloud.example.internal");
    assert.equal(iamOrigin(region, cloud), "https://iam.sa-fb-1.cloud.example.internal");
    assert.equal(stsOrigin(region, cloud), undefined);
    assert.equal(stsOrigin("eu-de", "notmyhuaweicloud.com"), undefined);
  });
});

describe("checkCloud", () => {
  for (const cloud of ["otc.t-systems.com", "a.b", "stack-1.example.internal"]) {
    it(`takes ${cloud}`, () => assert.equal(checkCloud(cloud, "HW_CLOUD"), cloud));
  }

  for (const [cloud, shown = JSON.stringify(cloud)] of [
    ["com"],
    ["evil.com/"],
    ["evil.com#.otc.t-systems.com"],
    ["evil.com?x"],
    ["evil.com:443"],
    ["user@evil.com"],
    ["-a.com"],
    ["a-.com"],
    ["a..com"],
    [".com"],
    ["com."],
    ["EVIL.com"],
    ["a b.com"],
    ["a.com\n"],
    ["https://otc.t-systems.com"],
    ["ä.com", '"\\u00e4.com"'],
    [`${"a".repeat(64)}.com`],
    [`${"a.".repeat(126)}com`, `"${"a.".repeat(40)}" and 175 more characters`],
  ]) {
    it(`refuses ${JSON.stringify(cloud).slice(0, 40)}`, async () => {
      assert.equal(
        (await errorOf(() => checkCloud(cloud ?? "", "HW_CLOUD"))).message,
        `HW_CLOUD must be a domain such as otc.t-systems.com, but is ${shown} [VPCEP_CONFIG]`,
      );
    });
  }
});

describe("checkOrigin", () => {
  for (const [address, expected = address] of [
    ["https://vpcep.eu-de.otc.t-systems.com"],
    ["https://vpcep.eu-de.otc.t-systems.com/", "https://vpcep.eu-de.otc.t-systems.com"],
    ["https://vpcep.eu-de.otc.t-systems.com:443", "https://vpcep.eu-de.otc.t-systems.com"],
    ["HTTPS://VPCEP.example.com:8443", "https://vpcep.example.com:8443"],
    ["https://10.0.0.1"],
    ["http://127.0.0.1:8080"],
    ["http://127.200.0.1:8080"],
    ["http://localhost:8080"],
    ["http://[::1]:8080"],
  ]) {
    it(`takes ${address}`, () => assert.equal(checkOrigin(address ?? "", "endpoint"), expected));
  }

  const notAnAddress = "must be an address such as https://vpcep.eu-de.otc.t-systems.com";
  const plain = "must be https: plain http is accepted for this machine's own addresses alone";
  const linkLocal = "must not be a link-local address";
  const user = "must not hold a user name or a password";
  const alone = (origin: string) => `must be an origin alone, without a path or a query, such as ${origin}`;
  for (const [address, problem] of [
    ["", notAnAddress],
    ["vpcep.eu-de.otc.t-systems.com", notAnAddress],
    ["https:vpcep.example.com", notAnAddress],
    ["https:\\\\vpcep.example.com", notAnAddress],
    ["ftp://vpcep.example.com", notAnAddress],
    ["file:///etc/passwd", notAnAddress],
    ["javascript:alert(1)", notAnAddress],
    [" https://vpcep.example.com", notAnAddress],
    ["https://", notAnAddress],
    ["https://user@vpcep.example.com", user],
    ["https://user:password@vpcep.example.com", user],
    ["https://vpcep.example.com@evil.com", user],
    ["https://vpcep.example.com/v1", alone("https://vpcep.example.com")],
    ["https://vpcep.example.com/?", alone("https://vpcep.example.com")],
    ["https://vpcep.example.com?a=b", alone("https://vpcep.example.com")],
    ["https://vpcep.example.com#", alone("https://vpcep.example.com")],
    ["https://evil.com#.otc.t-systems.com", alone("https://evil.com")],
    ["https://evil.com\\.otc.t-systems.com", alone("https://evil.com")],
    ["http://vpcep.example.com", plain],
    ["http://127.0.0.1.evil.com", plain],
    ["http://localhost.evil.com", plain],
    ["http://0.0.0.0", plain],
    ["http://[::ffff:127.0.0.1]", plain],
    ["http://10.0.0.1", plain],
    ["http://169.254.169.254", plain],
    ["https://169.254.169.254", linkLocal],
    ["https://2852039166", linkLocal],
    ["https://0xa9fea9fe", linkLocal],
    ["https://[fe80::1]", linkLocal],
    ["https://[::ffff:169.254.169.254]", linkLocal],
  ] as const) {
    it(`refuses ${JSON.stringify(address)}`, async () => {
      const { code, message } = await errorOf(() => checkOrigin(address, "VPCEP_ENDPOINT"));
      assert.deepEqual([code, message], ["VPCEP_CONFIG", `VPCEP_ENDPOINT ${problem} [VPCEP_CONFIG]`]);
    });
  }

  it("never shows a password", async () => {
    const error = await errorOf(() => checkOrigin("https://user:pass-word@example.com/", "endpoint"));
    assert.doesNotMatch(error.message, /pass-word/);
  });
});

describe("isLoopback", () => {
  for (const [origin, expected] of [
    ["http://127.0.0.1:1", true],
    ["http://localhost", true],
    ["http://[::1]", true],
    ["https://127.1.2.3", true],
    [metadataOrigin, false],
    ["http://127.0.0.1.nip.io", false],
    ["http://[::2]", false],
    ["http://128.0.0.1", false],
  ] as const) {
    it(`is ${expected} for ${origin}`, () => assert.equal(isLoopback(origin), expected));
  }
});

describe("what could lead a credential elsewhere", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.close());

  const regions = [
    "cn-north-4.evil.com",
    "cn-north-4.evil.com/",
    "x@evil.com",
    "x.evil.com#",
    "evil.com?",
    "eu-de/../..",
    "eu-de\\",
    "eu-de:443",
    "eu-de ",
    " eu-de",
    "eu-de\n",
    "eu-de\0",
    "EU-DE",
    "eu_de",
    "eu",
    "eu-",
    "-eu-de",
    "eu-dé",
    "127.0.0.1",
    "localhost",
    "..",
    "%65u-de",
    "eu-de%2eevil",
    `eu-${"a".repeat(62)}`,
  ];
  for (const region of regions) {
    it(`is refused before a connection is opened: the region ${JSON.stringify(region).slice(0, 40)}`, async () => {
      const { code, message } = await errorOf(() => lookUp(emulator, { region }));
      assert.equal(code, "VPCEP_CONFIG");
      assert.ok(
        message.startsWith('region must be the id of a region, such as eu-de or cn-north-4, but is "'),
      );
      assert.ok(message.endsWith(" (from region) [VPCEP_CONFIG]"));
      assert.match(message, /^[\x20-\x7e]+$/);
    });
  }

  const ids = [
    "",
    ".",
    "..",
    "../quotas",
    "a/b",
    "a%2fb",
    "%2e%2e",
    "a?b",
    "a#b",
    "a b",
    "a\nb",
    "a\r\nX-Auth-Token: b",
    "a\0",
    "a\u2028",
    "é",
    "describe",
    "public",
    "a.b",
    "a;b",
    "a:b",
    "a@b",
    "a\\b",
    "$'",
    "a".repeat(65),
  ];
  for (const id of ids) {
    for (const name of ["id", "projectId"] as const) {
      it(`is refused before a connection is opened: the ${name} ${JSON.stringify(id).slice(0, 40)}`, async () => {
        // An empty setting is none.
        const client = createVpcepClient(settingsFor(emulator));
        try {
          const { code, message } = await errorOf(() =>
            name === "id"
              ? client.getEndpointService({ id })
              : lookUp(emulator, { projectId: id === "" ? " " : id }),
          );
          assert.equal(code, "VPCEP_CONFIG");
          assert.match(message, new RegExp(`\\b${name} must (be 1 to 64 letters|not be "${id.slice(0, 1)})`));
          assert.match(message, /^[\x20-\x7e]+$/);
        } finally {
          await client.close();
        }
      });
    }
  }

  for (const change of [
    (url: string) => url.replace("//", "//user:password@"),
    (url: string) => `${url}/v2`,
    (url: string) => `${url}/../..//`,
    (url: string) => `${url}?`,
    (url: string) => `${url}#`,
    (url: string) => url.replace("http", "ws"),
    (url: string) => url.replace("http://", ""),
    (url: string) => url.replace("127.0.0.1", "0.0.0.0"),
    (url: string) => url.replace("127.0.0.1", "[::ffff:127.0.0.1]"),
    (url: string) => url.replace("127.0.0.1", "127.0.0.1.nip.io"),
    (url: string) => url.replace("127.0.0.1", "evil.com"),
    (url: string) => url.replace("127.0.0.1", "169.254.169.254"),
  ]) {
    for (const key of ["endpoint", "authUrl", "metadataEndpoint"] as const) {
      const title = change("http://127.0.0.1:8080");
      it(`is refused before a connection is opened: the ${key} ${title}`, async () => {
        const { code, message } = await errorOf(() => lookUp(emulator, { [key]: change(emulator.url) }));
        assert.equal(code, "VPCEP_CONFIG");
        assert.match(message, new RegExp(`^${key} must `));
        assert.doesNotMatch(message, /password@|emulator-token/);
      });
    }
  }

  it("has opened no connection in all of that", () => {
    assert.deepEqual([emulator.sockets.total, emulator.requests.length], [0, 0]);
  });

  it("is not sent to the host that a path would name", async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    let connections = 0;
    server.on("connection", () => connections++);
    const { port } = server.address() as AddressInfo;
    for (const id of [`@127.0.0.1:${port}`, `//127.0.0.1:${port}/`, `..//127.0.0.1:${port}`]) {
      await errorOf(() => lookUp(emulator, {}, id));
    }
    server.close();
    assert.equal(connections, 0);
    assert.equal(emulator.requests.length, 0);
    assert.equal((await lookUp(emulator)).serviceId, serviceId);
  });
});
