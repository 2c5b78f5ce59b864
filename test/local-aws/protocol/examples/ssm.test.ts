import { DeleteParameterCommand, GetParameterCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { date, openProof } from '../proof';

const proof = openProof();
const ssm = proof.watch(new SSMClient(proof.init));

const api = (action: string) => `https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_${action}.html`;
const cli = (command: string) => `https://github.com/aws/aws-cli/blob/develop/awscli/examples/ssm/${command}.rst`;
const arn = (name: string) => `arn:aws:ssm:us-west-2:000000000000:parameter/${name}`;
const put = (Name: string, Value: string, more: object = {}) => ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));

async function putOften(name: string, value: string, version: number): Promise<void> {
  for (let count = 1; count <= version; count += 1) await put(name, value, { Overwrite: true });
}

// GetParameter's example in the API reference, and the second of the CLI's, are of a SecureString, which is refused.
test.each<[string, () => Promise<unknown>, object]>([
  [api('PutParameter'), async () => {
    await put('EC2TestServerType', 't2.small');
    return put('EC2TestServerType', 't2.large', { Overwrite: true, Description: 'Instance type for Test servers' });
  }, { Version: 2 }],
  [cli('put-parameter'), () => put('NumbersOnly', '10', { AllowedPattern: '^\\d+$' }), { Version: 1 }],
  [api('GetParameters'), async () => {
    await putOften('EC2DevServerType', 't2.micro', 2);
    await putOften('EC2ProdServerType', 'm4.large', 1);
    await putOften('EC2TestServerTypes', 't2.large', 3);
    return ssm.send(new GetParametersCommand({ Names: ['EC2DevServerTypo', 'EC2DevServerType', 'EC2TestServerTypes', 'EC2ProdServerType'] }));
  }, {
    InvalidParameters: ['EC2DevServerTypo'],
    Parameters: expect.arrayContaining([
      expect.objectContaining({ Name: 'EC2DevServerType', Type: 'String', Value: 't2.micro', Version: 2 }), expect.objectContaining({ Name: 'EC2ProdServerType', Type: 'String', Value: 'm4.large', Version: 1 }),
      expect.objectContaining({ Name: 'EC2TestServerTypes', Type: 'String', Value: 't2.large', Version: 3 }),
    ]) as object[],
  }],
  [cli('get-parameters'), async () => {
    await put('helloWorlds', 'good day sunshine');
    return ssm.send(new GetParametersCommand({ Names: ['helloWorlds'] }));
  }, { Parameters: [{ Name: 'helloWorlds', Type: 'String', Value: 'good day sunshine', Version: 1, LastModifiedDate: date, ARN: arn('helloWorlds') }], InvalidParameters: [] }],
  [cli('get-parameter'), async () => {
    await put('helloWorld', 'Good day sunshine');
    return ssm.send(new GetParameterCommand({ Name: 'helloWorld' }));
  }, { Parameter: { Name: 'helloWorld', Type: 'String', Value: 'Good day sunshine', Version: 1, LastModifiedDate: date, ARN: arn('helloWorld'), DataType: 'text' } }],
  [api('DeleteParameter'), async () => {
    await put('MyParameter', 'x');
    return ssm.send(new DeleteParameterCommand({ Name: 'MyParameter' }));
  }, { $metadata: { httpStatusCode: 200 } }],
])('%s', async (_, send, answer) => {
  expect(await send()).toMatchObject(answer);
});
