@node "%~dp0pulumi-resource-vpcep" %*
