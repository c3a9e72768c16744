// Proves that the variables of proxies are read as undici's own agent reads them, and that a route says why it is taken.
import assert from "node:assert/strict";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { readProxies, routeTo } from "../../../provider/http/proxy";

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
    "*example.com",
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

  for (const address of [
    "proxy.example.com",
    "proxy.example.com:8080",
    "socks5://proxy.example.com:1080",
    "http://",
    "http://proxy.example.com/path",
    "http://proxy.example.com/?query",
    "http://%zz:password@proxy.example.com",
  ]) {
    it(`takes no address from ${address}`, () => {
      assert.deepEqual(readProxies({ HTTPS_PROXY: address }).https, {
        from: "HTTPS_PROXY",
        address: undefined,
      });
    });
  }
});
