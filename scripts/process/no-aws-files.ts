import { devNull } from 'node:os';

/** Variables with which an AWS client, ours or a child's, reads no file, asks no EC2 machine for its role, and prints no warning about Node. */
export const noAwsFiles = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
} as const;
