// Proves that requests are signed as the gateway computes it: by published vectors, and by agreement with the official SDK.
import assert from "node:assert/strict";
import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner";
import fc from "fast-check";
import {
  authorizationHeader,
  canonicalQuery,
  type SignableRequest,
  signature,
  signingDate,
} from "../../../provider/credentials/signature";
import vectors from "../../fixtures/signingVectors.json";

describe("signature", () => {
  for (const { name, request, accessKey, secretKey, signedHeaders, signature: expected } of vectors) {
    it(`equals the published one of ${name}`, () => {
      const signable = request as unknown as SignableRequest;
      assert.equal(signature(signable, secretKey), expected);
      assert.equal(
        authorizationHeader(signable, accessKey, secretKey),
        `SDK-HMAC-SHA256 Access=${accessKey}, SignedHeaders=${signedHeaders}, Signature=${expected}`,
      );
    });
  }

  it("depends on neither the case nor the order of headers, nor on space around their values", () => {
    const request = { method: "GET", path: "/v1/p", query: "", body: "" };
    const plain = { host: "example.com", "x-project-id": "p", "x-sdk-date": "20191115T033655Z" };
    const odd = { "X-SDK-DATE": " 20191115T033655Z", "X-Project-Id": "p\t", Host: " example.com " };
    assert.equal(
      signature({ ...request, headers: plain }, "key"),
      signature({ ...request, headers: odd }, "key"),
    );
  });

  it("takes bytes and text alike for a body", () => {
    const request = {
      method: "POST",
      path: "/",
      query: "",
      headers: { "x-sdk-date": "20191115T033655Z" },
    };
    assert.equal(
      signature({ ...request, body: "ä" }, "key"),
      signature({ ...request, body: Buffer.from("ä") }, "key"),
    );
  });

  it("changes with every part of a request", () => {
    const request: SignableRequest = {
      method: "GET",
      path: "/a",
      query: "b=c",
      headers: { host: "d", "x-sdk-date": "20191115T033655Z" },
      body: "",
    };
    const others: SignableRequest[] = [
      { ...request, method: "POST" },
      { ...request, path: "/a/b" },
      { ...request, path: "/a%2Fb" },
      { ...request, query: "b=d" },
      { ...request, query: "" },
      { ...request, headers: { ...request.headers, host: "e" } },
      { ...request, headers: { ...request.headers, "x-sdk-date": "20191115T033656Z" } },
      { ...request, headers: { ...request.headers, "x-project-id": "p" } },
      { ...request, body: "{}" },
    ];
    const all = [...[request, ...others].map((one) => signature(one, "key")), signature(request, "key2")];
    assert.equal(new Set(all).size, others.length + 2);
  });

  // The oracle's faults are kept out: it does not trim values of headers, escapes a path that is escaped already once
  // more, reads a date leniently, and hashes nothing where a body is `0`, `false` or `null`. Names in a query are
  // letters and underscores, as VPCEP's are: the oracle sorts them before it escapes them, and the guide after.
  it("equals the official SDK's, whatever the path, the query, the body and the credential", () => {
    const visible = fc.stringMatching(/^[\x21-\x7e]{1,40}$/);
    const segment = fc.stringMatching(/^[A-Za-z0-9._~!*()@:$&+,=-]{1,12}$/);
    const text = fc.string({ unit: "binary", maxLength: 12 });
    const cases = fc.record({
      method: fc.constantFrom("GET", "POST"),
      host: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}\.example\.com(:[1-9][0-9]{1,3})?$/),
      segments: fc.array(segment, { maxLength: 5 }),
      query: fc.dictionary(
        fc.stringMatching(/^[a-zA-Z_]{1,8}$/),
        fc.oneof(text, fc.array(fc.stringMatching(/^[A-Za-z0-9_.~-]{0,6}$/), { minLength: 1, maxLength: 3 })),
        { maxKeys: 4, noNullPrototype: true },
      ),
      body: fc.option(fc.dictionary(text, fc.jsonValue(), { noNullPrototype: true }), { nil: undefined }),
      milliseconds: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      accessKey: fc.stringMatching(/^[A-Z0-9]{20}$/),
      secretKey: visible,
      projectId: fc.option(fc.stringMatching(/^[0-9a-f]{32}$/), { nil: undefined }),
      securityToken: fc.option(visible, { nil: undefined }),
    });
    fc.assert(
      fc.property(cases, (given) => {
        const path = `/${given.segments.join("/")}`;
        const body = given.method === "POST" ? given.body : undefined;
        const headers = {
          host: given.host,
          "X-Sdk-Date": signingDate(given.milliseconds),
          ...(given.projectId === undefined ? {} : { "x-project-id": given.projectId }),
          ...(given.securityToken === undefined ? {} : { "X-Security-Token": given.securityToken }),
        };
        const query = Object.entries(given.query)
          .flatMap(([name, value]) =>
            [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
          )
          .join("&");
        const ours = authorizationHeader(
          { method: given.method, path, query, headers, body: body ? JSON.stringify(body) : "" },
          given.accessKey,
          given.secretKey,
        );
        const official = AKSKSigner.sign(
          {
            endpoint: `https://${given.host}${path}`,
            method: given.method,
            headers: { ...headers },
            queryParams: { ...given.query },
            ...(body ? { data: body } : {}),
          } as Parameters<typeof AKSKSigner.sign>[0],
          { getAk: () => given.accessKey, getSk: () => given.secretKey } as unknown as Parameters<
            typeof AKSKSigner.sign
          >[1],
        ) as { Authorization: string };
        assert.equal(ours, official.Authorization);
      }),
      { numRuns: 500 },
    );
  });
});

describe("canonicalQuery", () => {
  for (const [name, query, expected] of [
    [
      "the Go SDK's example",
      "test=%E4%B8%80+(%26%3D%3F!%23%25.*)&multi=3&path=%2Ftmp%2F123&limit=1&multi=1&enable=true&multi=2",
      "enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29",
    ],
    ["nothing", "", ""],
    ["a name without a value", "a", "a="],
    ["an empty value", "a=", "a="],
    ["what is never escaped", "a=-._~aZ09", "a=-._~aZ09"],
    ["capitals before small letters", "b=1&B=2", "B=2&b=1"],
  ] as const) {
    it(`puts ${name} in canonical form`, () => {
      assert.equal(canonicalQuery(query), expected);
    });
  }

  it("does not depend on the order of what was sent", () => {
    const pair = fc.tuple(fc.stringMatching(/^[a-z_]{1,3}$/), fc.string({ unit: "binary", maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(pair), fc.infiniteStream(fc.nat()), (pairs, order) => {
        const shuffled = pairs
          .map((value) => ({ value, rank: order.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ value }) => value);
        const sent = (list: [string, string][]) => new URLSearchParams(list).toString();
        assert.equal(canonicalQuery(sent(shuffled)), canonicalQuery(sent(pairs)));
      }),
    );
  });
});

describe("signingDate", () => {
  it("is in UTC, to the second", () => {
    assert.equal(signingDate(Date.UTC(2019, 10, 15, 3, 36, 55, 999)), "20191115T033655Z");
  });
});
