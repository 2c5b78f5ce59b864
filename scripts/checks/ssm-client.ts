// What is used of the client: a dynamic import of the package itself would load every operation of SSM.
export { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
