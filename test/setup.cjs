// Named in .mocharc.json: the tests see no credential and no setting of the machine they run on, and no address but
// their own. What they start inherits this.
for (const name of Object.keys(process.env)) {
  if (/^(HW_|HUAWEICLOUD_SDK_|OS_|VPCEP_)/.test(name) || /^(https?|no|all)_proxy$/i.test(name)) {
    delete process.env[name];
  }
}
// Nobody listens on port 1.
process.env["VPCEP_METADATA_ENDPOINT"] = "http://127.0.0.1:1";
