import { DeleteParameterCommand, GetParameterCommand, GetParametersCommand, ParameterNotFound, PutParameterCommand, SSMClient, type PutParameterCommandInput } from '@aws-sdk/client-ssm';
import { actions } from '../../../scripts/local-aws/ssm/service';
import { date, openProof, refusal } from './proof';

const proof = openProof();
const ssm = proof.watch(new SSMClient(proof.init));

const put = (input: Partial<PutParameterCommandInput> = {}) => ssm.send(new PutParameterCommand({ Name: 'EC2DevServerType', Type: 'String', Value: 't2.small', ...input }));

// Each member that an answer has: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html. The examples of these pages are in examples/ssm.test.ts.
test('every action', async () => {
  expect(await put()).toMatchObject({ Version: 1, Tier: 'Standard' });
  expect(await put({ Value: 't2.large', Overwrite: true })).toMatchObject({ Version: 2 });
  const parameter = {
    Name: 'EC2DevServerType', Type: 'String', Value: 't2.large', Version: 2, LastModifiedDate: date, ARN: 'arn:aws:ssm:us-west-2:000000000000:parameter/EC2DevServerType', DataType: 'text',
  };
  expect((await ssm.send(new GetParameterCommand({ Name: 'EC2DevServerType' }))).Parameter).toEqual(parameter);
  expect(await ssm.send(new GetParametersCommand({ Names: ['EC2DevServerType', 'none'] }))).toMatchObject({ Parameters: [parameter], InvalidParameters: ['none'] });
  await ssm.send(new DeleteParameterCommand({ Name: 'EC2DevServerType' }));
  expect([...proof.answered].toSorted()).toEqual([...actions.keys()].toSorted());
});

test('errors', async () => {
  await put({ Name: 'taken' });
  await expect(ssm.send(new GetParameterCommand({ Name: 'none' }))).rejects.toBeInstanceOf(ParameterNotFound);
  expect(await refusal(ssm.send(new GetParameterCommand({ Name: 'none' })))).toEqual(['ParameterNotFound', 400]);
  expect(await refusal(ssm.send(new DeleteParameterCommand({ Name: 'none' })))).toEqual(['ParameterNotFound', 400]);
  expect(await refusal(ssm.send(new GetParametersCommand({ Names: [] })))).toEqual(['ValidationException', 400]);
  expect(await refusal(put({ Name: 'taken' }))).toEqual(['ParameterAlreadyExists', 400]);
  expect(await refusal(put({ Name: 'p', AllowedPattern: '^\\d+$' }))).toEqual(['ParameterPatternMismatchException', 400]);
  expect(await refusal(put({ Name: 'p', AllowedPattern: '(' }))).toEqual(['InvalidAllowedPatternException', 400]);
  expect(await refusal(put({ Name: `/${'a/'.repeat(16)}a` }))).toEqual(['HierarchyLevelLimitExceededException', 400]);
  expect(await refusal(put({ Name: 'ssm-p' }))).toEqual(['ValidationException', 400]);
  expect(await refusal(put({ Name: 'p', Type: 'SecureString' }))).toEqual(['UnsupportedOperation', 501]);
});
