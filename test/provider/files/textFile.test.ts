// Proves that a file that a setting names is read whole or refused, and that nobody is waited for.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTextFile } from "../../../provider/files/textFile";

describe("a file that a setting names", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "files-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const written = (text: string) => {
    const path = join(folder, "file");
    writeFileSync(path, text);
    return path;
  };

  for (const text of ["", "a", "é".repeat(500)]) {
    it(`is read where it has ${Buffer.byteLength(text)} bytes of 1000`, () =>
      assert.equal(readTextFile(written(text), 1_000), text));
  }

  it("is refused where it has one byte more", () => {
    const path = written("a".repeat(1_001));
    assert.throws(() => readTextFile(path, 1_000), { message: "is larger than 1000 bytes" });
  });

  it("is refused where it is a folder, or is not there", () => {
    assert.throws(() => readTextFile(folder, 10), { message: "cannot be read (EISDIR)", code: "EISDIR" });
    assert.throws(() => readTextFile(join(folder, "none"), 10), { code: "ENOENT" });
  });

  it("is refused where it is a pipe that nobody writes into, or a device without an end", function () {
    if (process.platform === "win32") {
      this.skip();
    }
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const message = "is a pipe or a device, but is read again and again: name a file";
    assert.throws(() => readTextFile(pipe, 10), { message });
    assert.throws(() => readTextFile("/dev/zero", 10), { message });
  });

  it("is read as far as it goes where the system tells no size of it", function () {
    const path = "/proc/self/status";
    if (process.platform !== "linux") {
      this.skip();
    }
    assert.match(readTextFile(path, 1024 * 1024), /^Name:/);
    assert.throws(() => readTextFile(path, 10), { message: "is larger than 10 bytes" });
  });
});
