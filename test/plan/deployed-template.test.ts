import { deployedTemplate, type StackAddress } from '../../scripts/plan/deployed-template';
import { forgetSecrets, registeredCount } from '../../scripts/secrets/registry';
import { serveAws, type Served } from './cloudformation-server';
import { clientsFor, ownKeyId } from './plan-clients';

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const stack: StackAddress = {
  name: 'Notes',
  lookupRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-lookup-${AWS::AccountId}-${AWS::Region}',
  deployRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-deploy',
};
const lookup = 'arn:aws:iam::111122223333:role/cdk-lookup-111122223333-eu-west-1';
const deploy = 'arn:aws:iam::111122223333:role/cdk-deploy';
const template = { Resources: { T: { Type: 'AWS::SNS::Topic' } } };
const deployed = { Notes: { status: 'UPDATE_COMPLETE', template: JSON.stringify(template) } };

async function read(served: Served, address: StackAddress = stack): Promise<{ readonly answer: unknown; readonly requests: readonly string[] }> {
  const aws = await serveAws(served);
  try {
    return { answer: await deployedTemplate(address, place, clientsFor(aws.endpoint)), requests: aws.requests };
  } finally {
    await aws[Symbol.asyncDispose]();
  }
}

afterEach(forgetSecrets);

describe('deployedTemplate', () => {
  test('reads with the credentials of the run, and assumes no role where it need not', async () => {
    const { answer, requests } = await read({ stacks: deployed });
    expect(answer).toEqual({ kind: 'deployed', template });
    expect(requests.toSorted()).toEqual([`DescribeStacks Notes as ${ownKeyId}`, `GetTemplate Notes as ${ownKeyId}`]);
  });

  test('says absent where there is no such stack', async () => {
    expect((await read({})).answer).toEqual({ kind: 'absent' });
  });

  test.each(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'])('tells a stack that CDK would create anew from one that is not there: %s', async (status) => {
    expect((await read({ stacks: { Notes: { status, template: '{}' } } })).answer).toEqual({ kind: 'never-created' });
  });

  test('and so one that has no template yet', async () => {
    expect((await read({ stacks: { Notes: { status: 'CREATE_IN_PROGRESS', template: '' } } })).answer).toEqual({ kind: 'never-created' });
  });

  test('says unknown of a template that CDK did not deploy', async () => {
    expect((await read({ stacks: { Notes: { status: 'CREATE_COMPLETE', template: 'Resources:\n  T: {}\n' } } })).answer).toEqual({
      kind: 'unknown',
      why: 'its deployed template is not JSON',
    });
  });

  test('reads through the lookup role where only roles may read, and registers its secrets', async () => {
    const { answer, requests } = await read({ stacks: deployed, mayRead: ['ASIALOOKUP'], roles: { [lookup]: 'ASIALOOKUP', [deploy]: 'ASIADEPLOY' } });
    expect(answer).toEqual({ kind: 'deployed', template });
    expect(requests).toContain(`AssumeRole ${lookup} as ${ownKeyId}`);
    expect(requests).toContain('GetTemplate Notes as ASIALOOKUP');
    expect(requests.join()).not.toContain('cdk-deploy');
    expect(registeredCount()).toBe(2);
  });

  test('reads through the deploy role where the lookup role may not be assumed', async () => {
    const { answer, requests } = await read({ stacks: deployed, mayRead: ['ASIADEPLOY'], roles: { [deploy]: 'ASIADEPLOY' } });
    expect(answer).toEqual({ kind: 'deployed', template });
    expect(requests.at(-1)).toMatch(/ as ASIADEPLOY$/);
  });

  test('says unknown, and as whom it asked, where nobody may read', async () => {
    const { answer } = await read({ stacks: deployed, mayRead: [] });
    expect(answer).toEqual({ kind: 'unknown', why: `these credentials may not read what is deployed, nor may they as ${lookup}, nor may they as ${deploy}` });
  });

  test('asks as nobody else where the stack has no roles', async () => {
    const { answer, requests } = await read({ stacks: deployed, mayRead: [] }, { name: 'Notes', lookupRoleArn: null, deployRoleArn: null });
    expect(answer).toEqual({ kind: 'unknown', why: 'these credentials may not read what is deployed' });
    expect(requests.every((request) => request.endsWith(ownKeyId))).toBe(true);
  });

  test('goes on to no role after any other refusal, and names it', async () => {
    const { answer, requests } = await read({ broken: 'Throttling', roles: { [lookup]: 'ASIALOOKUP' } });
    expect(answer).toEqual({ kind: 'unknown', why: 'AWS answered Throttling to the question what is deployed' });
    expect(requests.join()).not.toContain('AssumeRole');
  });
});
