// Proves that the variables of proxies are read as undici's own agent reads them, and that a route says why it is taken.
import assert from "node:assert/strict";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { proxySecrets, readProxies, routeTo } from "../../../provider/http/proxy";

const proxy = "http://user:password@proxy.example.com:8080";
const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"];

/** Whether undici asks a proxy for an origin: then, and only then, it has a connector of its own. */
function asksProxyOfUndici(origin: string, environment: Readonly<Record<string, string>>): boolean {
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) {
    delete process.env[name];
  }
  Object.assign(process.env, environment);
  try {
    let asked: boolean | undefined;
    const factory = (_: unknown, options: { readonly connect?: unknown }) => {
      const dispatcher = { on: () => dispatcher, dispatch: () => true, destroy: () => {} };
      asked = typeof options.connect === "function";
      return dispatcher as unknown as Dispatcher;
    };
    new EnvHttpProxyAgent({ factory, proxyTunnel: true }).dispatch({ origin, path: "/", method: "GET" }, {});
    assert.ok(asked !== undefined);
    return asked;
  } finally {
    for (const [name, value] of before) {
      delete process.env[name];
      Object.assign(process.env, value === undefined ? {} : { [name]: value });
    }
  }
}

const origins = [
  "https://vpcep.eu-de.example.com",
  "https://vpcep.eu-de.example.com:8443",
  "https://example.com",
  "https://example.com.",
  "https://notexample.com",
  "https://10.1.2.3",
  "https://10.1.2.3:444",
  "https://[2001:db8::1]",
  "https://[2001:db8::1]:444",
  "http://example.com",
  "http://example.com:8080",
];

describe("a route", () => {
  for (const environment of [
    {},
    { HTTPS_PROXY: proxy },
    { https_proxy: proxy },
    { HTTP_PROXY: proxy },
    { http_proxy: proxy, HTTPS_PROXY: "" },
    { https_proxy: "", HTTPS_PROXY: proxy },
    { HTTPS_PROXY: proxy, HTTP_PROXY: "http://127.0.0.1:1" },
    { HTTPS_PROXY: proxy, no_proxy: "", NO_PROXY: "*" },
  ]) {
    it(`is undici's with ${JSON.stringify(environment)}`, () => {
      for (const origin of origins) {
        const asks = routeTo(origin, readProxies(environment)).proxy !== undefined;
        assert.equal(asks, asksProxyOfUndici(origin, environment), origin);
      }
    });
  }

  for (const entry of [
    "",
    "*",
    "*:8443",
    "*:80",
    "example.com",
    "EXAMPLE.com.",
    ".example.com",
    "*.example.com",
    "*.example.com:8443",
    "eu-de.example.com",
    "example.com:443",
    "example.com:8080",
    "com",
    ".",
    "10.1.2.3",
    "10.1.2.3:444",
    "10.1.2",
    "2001:db8::1",
    "2001:DB8::1",
    "[2001:db8::1]",
    "[2001:db8::1]:444",
    ":443",
  ]) {
    for (const noProxy of [entry, ` other.test,${entry} `, `${entry}\tother.test`]) {
      it(`is undici's for all but ${JSON.stringify(noProxy)}, and names the entry`, () => {
        const environment = { HTTP_PROXY: proxy, NO_PROXY: noProxy };
        for (const origin of origins) {
          const { proxy: asked, exception } = routeTo(origin, readProxies(environment));
          assert.equal(asked !== undefined, asksProxyOfUndici(origin, environment), origin);
          assert.equal(exception, asked ? undefined : entry);
        }
      });
    }
  }

  it("names the variable of its proxy", () => {
    const of = (environment: Readonly<Record<string, string>>) =>
      routeTo("https://example.com", readProxies(environment)).proxy;
    assert.deepEqual(of({ https_proxy: proxy, HTTPS_PROXY: "http://h:1" }), {
      from: "https_proxy",
      address: new URL(proxy),
    });
    assert.equal(of({ HTTPS_PROXY: proxy, HTTP_PROXY: "http://h:1" })?.from, "HTTPS_PROXY");
    assert.equal(of({ HTTPS_PROXY: "", HTTP_PROXY: proxy })?.from, "HTTP_PROXY");
    assert.equal(of({}), undefined);
  });

  for (const [entry, covered, others = []] of [
    [
      "10.0.0.0/8",
      ["10.1.2.3", "10.255.255.255", "[::ffff:10.1.2.3]"],
      ["11.0.0.0", "9.255.255.255", "10.example.com"],
    ],
    ["10.9.9.9/8", ["10.1.2.3"], ["11.1.2.3"]],
    ["172.16.0.0/12", ["172.16.0.1", "172.31.255.255"], ["172.32.0.0", "172.15.255.255"]],
    ["192.168.1.128/25", ["192.168.1.128", "192.168.1.255"], ["192.168.1.127"]],
    ["10.1.2.3/32", ["10.1.2.3"], ["10.1.2.2", "10.1.2.4"]],
    ["0.0.0.0/0", ["10.1.2.3", "203.0.113.9"], ["[2001:db8::1]", "example.com"]],
    ["10.0.0.0/8:443", ["10.1.2.3"], ["10.1.2.3:444"]],
    ["2001:db8::/32", ["[2001:db8::1]", "[2001:db8:ffff::]"], ["[2001:db9::1]", "10.1.2.3"]],
    ["2001:DB8::/32", ["[2001:db8::1]"]],
    ["[2001:db8::]/32", ["[2001:db8::1]"], ["[2001:db9::1]"]],
    ["[2001:db8::/32]:444", ["[2001:db8::1]:444"], ["[2001:db8::1]"]],
    ["fd00::/8", ["[fd12:3456::1]"], ["[fe00::1]"]],
    ["::/0", ["[2001:db8::1]"], ["10.1.2.3", "example.com"]],
    ["2001:0db8:0:0::1", ["[2001:db8::1]"], ["[2001:db8::2]"]],
    ["10.1.2.3", ["10.1.2.3", "167838211", "[::ffff:10.1.2.3]"], ["10.1.2.30"]],
    ["*example.com", ["example.com", "vpcep.example.com", "notexample.com"], ["example.com.test"]],
    ["10.*", ["10.1.2.3", "[::ffff:10.1.2.3]"], ["11.1.2.3", "10.example.com"]],
    ["10.1.*.*:443", ["10.1.2.3"], ["10.2.2.3", "10.1.2.3:444"]],
    ["10.1.2.*", ["10.1.2.3"], ["10.1.3.3"]],
    ["::ffff:10.1.2.3", ["10.1.2.3", "[::ffff:10.1.2.3]"], ["10.1.2.4"]],
    ["::ffff:a00:0/104", ["10.1.2.3"], ["11.1.2.3"]],
    ["bücher.example", ["bücher.example", "a.bücher.example", "xn--bcher-kva.example"], ["bucher.example"]],
    ["*.BÜCHER.example.", ["a.bücher.example"], ["bücher.example"]],
    ["4.example.com", ["4.example.com"], ["10.0.0.4"]],
  ] as const) {
    it(`goes past the proxy by ${entry} to ${covered.join(" and ") || "nothing"}`, () => {
      const proxies = readProxies({ HTTPS_PROXY: proxy, NO_PROXY: `other.test, ${entry}` });
      const exceptionOf = (host: string) => routeTo(`https://${host}`, proxies).exception;
      assert.deepEqual(
        covered.map(exceptionOf),
        covered.map(() => entry),
      );
      assert.deepEqual(
        others.map(exceptionOf),
        others.map(() => undefined),
      );
    });
  }

  for (const entry of [
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0/8",
    "10.1.2",
    "10.1.2.300",
    "300.*",
    "10.*.3",
    "2001:db8::/129",
    "/8",
    "example.com/8",
    "example.com/",
    "https://example.com",
    "https://example.com:443/",
    "example.com:99999",
    "2.3",
    ".3",
    "*.2.3",
    "*3",
    ".",
    ".*",
    "*.",
    "*.*",
    "**",
    ":443",
    "exa mple.com".replace(" ", "*"),
  ]) {
    it(`says that ${entry} can match no host, and asks the proxy`, () => {
      const proxies = readProxies({ HTTPS_PROXY: proxy, no_proxy: `other.test ${entry}` });
      for (const host of [
        "example.com",
        "10.1.2.3",
        "10.0.0.1",
        "10.0.0.0",
        "[2001:db8::1]",
        "[::ffff:10.1.2.3]",
      ]) {
        const { exception, description } = routeTo(`https://${host}`, proxies);
        assert.equal(exception, undefined, host);
        assert.equal(
          description,
          `proxy.example.com:8080 (HTTPS_PROXY), and no entry of no_proxy matches; ${entry} in it can match no host`,
        );
      }
    });
  }

  it("counts the entries that can match no host from the fourth on, and shows no password", () => {
    const noProxy = "http://me:canary@p:80,a/,b/,c/,d/";
    const { description } = routeTo(
      "https://example.com",
      readProxies({ HTTPS_PROXY: proxy, NO_PROXY: noProxy }),
    );
    assert.match(description, /; \[redacted\]@p:80, a\/, b\/ and 2 more in it can match no host$/);
  });

  it("is direct to this machine and its link", () => {
    const proxies = readProxies({ HTTP_PROXY: proxy });
    for (const origin of [
      "http://127.0.0.1:8080",
      "https://localhost",
      "https://[::1]:1",
      "http://169.254.169.254",
    ]) {
      assert.equal(routeTo(origin, proxies).proxy, undefined);
      assert.equal(routeTo(origin, proxies).description, "none");
    }
  });

  for (const [environment, described] of [
    [{}, "none"],
    [{ HTTPS_PROXY: proxy }, "proxy.example.com:8080 (HTTPS_PROXY), and no entry of NO_PROXY matches"],
    [
      { http_proxy: "https://proxy.example.com", no_proxy: "10.0.0.0/16" },
      "proxy.example.com (http_proxy), and no entry of no_proxy matches",
    ],
    [
      { HTTPS_PROXY: proxy, NO_PROXY: "a.test,10.0.0.0/8,10.1.2.3" },
      "none, since the entry 10.0.0.0/8 of NO_PROXY matches",
    ],
    [{ HTTPS_PROXY: proxy, no_proxy: "*" }, "none, since the entry * of no_proxy matches"],
    [{ NO_PROXY: "*" }, "none"],
    [{ https_proxy: "", HTTPS_PROXY: proxy }, "none"],
    [
      { HTTPS_PROXY: "http://user:pass/word@proxy" },
      "not an address (HTTPS_PROXY), and no entry of NO_PROXY matches",
    ],
  ] as const) {
    it(`is described as ${described}`, () => {
      assert.equal(routeTo("https://10.1.2.3", readProxies(environment)).description, described);
    });
  }
});

describe("the address of a proxy", () => {
  const address = "is not an address such as http://proxy.example.com:8080";
  const encode = `${address}: percent-encode @ : / # ? and % in its user name and password`;
  const other = (scheme: string) =>
    `names a ${scheme}:// proxy, which is not supported: name an http:// or https:// one, or unset it`;
  for (const [text, problem] of [
    ["proxy.example.com", address],
    ["proxy.example.com:8080", address],
    ["http://", address],
    ["http:proxy.example.com", address],
    ["http:\\\\proxy.example.com", address],
    ["http://proxy.example.com:99999", address],
    ["http://proxy.example.com/path", address],
    ["http://proxy.example.com/?query", address],
    ["http://proxy.example.com#part", address],
    ["http://proxy.example.com\tx", address],
    ["socks5://user:password@proxy.example.com:1080", other("socks5")],
    ["SOCKS5://proxy.example.com:1080", other("socks5")],
    ["socks://proxy.example.com", other("socks")],
    ["socks4a://proxy.example.com", other("socks4a")],
    ["socks5h://proxy.example.com", other("socks5h")],
    ["ftp://proxy.example.com", other("ftp")],
    ["pac+https://proxy.example.com/proxy.pac", other("pac+https")],
    ["user:password@proxy.example.com", encode],
    ["http://user:pass@word@proxy.example.com", encode],
    ["http://user:pass:word@proxy.example.com", encode],
    ["http://user:12/word@proxy.example.com", encode],
    ["http://user:12#word@proxy.example.com", encode],
    ["http://user:12?word@proxy.example.com", encode],
    ["http://user:12\\word@proxy.example.com", encode],
    ["http://user:pass%word@proxy.example.com", encode],
    ["http://user:pass%ffword@proxy.example.com", encode],
    ["http://us@er:password@proxy.example.com", encode],
    ["http://%zz:password@proxy.example.com", encode],
  ] as const) {
    it(`is none in ${JSON.stringify(text)}`, () => {
      const none = { from: "HTTPS_PROXY", address: undefined, problem };
      assert.deepEqual(readProxies({ HTTPS_PROXY: text }).https, none);
    });
  }

  for (const text of [
    "http://proxy.example.com",
    "HTTPS://proxy.example.com:8443/",
    " http://10.1.2.3:8080 ",
    "http://[2001:db8::1]:8080",
    "http://user@proxy.example.com",
    "http://user:@proxy.example.com",
    "http://user:p%40%3A%2F%23%3F%25!$&'()*+,;=-._~@proxy.example.com",
  ]) {
    it(`is ${text}`, () => {
      assert.deepEqual(readProxies({ HTTPS_PROXY: text }).https, {
        from: "HTTPS_PROXY",
        address: new URL(text),
      });
    });
  }

  it("tells its password in every form in which a server may give it back", () => {
    const login = Buffer.from("us:er:p@ss").toString("base64");
    assert.deepEqual(proxySecrets(readProxies({ HTTP_PROXY: "http://us%3Aer:p%40ss@proxy" })).slice(0, 3), [
      "p%40ss",
      "p@ss",
      login,
    ]);
    assert.deepEqual(
      proxySecrets(readProxies({ HTTP_PROXY: "http://user@proxy", HTTPS_PROXY: "a:b@c" })),
      [],
    );
  });
});
