// Named in .mocharc.json: the tests see no credential and no setting of the machine they run on, and no address but
// their own. What they start inherits this.
const { join } = require("node:path");

for (const name of Object.keys(process.env)) {
  if (/^(HW_|HUAWEICLOUD_SDK_|OS_|VPCEP_)/.test(name) || /^(https?|no|all)_proxy$/i.test(name)) {
    delete process.env[name];
  }
}
// Nobody listens on port 1.
process.env["VPCEP_METADATA_ENDPOINT"] = "http://127.0.0.1:1";
// Half of the time that a small program takes is the check of its types, which have been checked with all others, and the
// compiling of what it loads. A test that is about either sets its own.
process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
process.env["NODE_COMPILE_CACHE"] = join(__dirname, "..", "node_modules", ".cache", "node-compile-cache");
