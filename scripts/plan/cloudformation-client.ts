// What is used of the client: a dynamic import of the package itself would load every operation of CloudFormation.
export { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
