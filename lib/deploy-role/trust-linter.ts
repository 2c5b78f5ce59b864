import { hostOf, type CiSystem } from './trust';

type Values = Readonly<Record<string, unknown>>;

/** What a trust policy should be about. */
export interface Expected {
  readonly system: CiSystem;
  /** Its URL. */
  readonly issuer: string;
  /** `aws`, or the placeholder `${AWS::Partition}` where the stack leaves it open. */
  readonly partition: string;
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What each system's `sub` looks like: whose job it is, with no wildcard, and which of its jobs. */
const subjectForms: Readonly<Record<CiSystem, RegExp>> = {
  github: /^repo:[^*?:/]+\/[^*?:/]+:(?:environment:|ref:refs\/(?:heads|tags)\/|(?=pull_request$))(?<job>.+)$/,
  gitlab: /^project_path:[^*?:/]+(?:\/[^*?:/]+)+:ref_type:(?:branch|tag):ref:(?<job>.+)$/,
};

/** `OWNER@ID/NAME@ID`, which nobody can have who takes over a name. */
const withIds = /^repo:[^:/@]+@\d+\/[^:/@]+@(?<repositoryId>\d+):/;

function listed(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function conditionsOf(statement: Values): Condition[] {
  return entries(statement['Condition']).flatMap(([operator, keys]) => entries(keys).map(([key, values]) => ({ operator, key, values: listed(values) })));
}

function principalFindings(statement: Values, { issuer, partition }: Expected): string[] {
  const principals = entries(statement['Principal']);
  const [kind, arn] = principals[0] ?? [];
  const federated = kind === 'Federated' && principals.length === 1 && typeof arn === 'string' ? arn : null;
  if (federated === null) return ['The principal must be one identity provider, and nothing else.'];
  const [, ofPartition, provider] = /^arn:([^:]+|\$\{AWS::Partition\}):iam::(?:\d{12}|\$\{AWS::AccountId\}):oidc-provider\/(.+)$/.exec(federated) ?? [];
  return [
    ...(provider === hostOf(issuer) ? [] : [`The identity provider is not that of ${issuer}.`]),
    ...(ofPartition === partition ? [] : [`The identity provider is in the partition ${ofPartition ?? 'of nobody'}, and the role in ${partition}.`]),
  ];
}

function operatorFindings({ operator, key }: Condition, host: string): string[] {
  if (/^For(?:AllValues|AnyValue):/.test(operator)) return [`${operator} is for keys with several values; with ForAllValues a token without ${key} passes.`];
  if (operator === 'StringEquals') return key.startsWith(`${host}:`) ? [] : [`${key} is no claim of ${host}.`];
  if (operator !== 'StringLike') return [`${operator} is not used here: StringEquals says what a claim must be.`];
  return key === `${host}:sub` ? [] : [`StringLike may only compare ${host}:sub.`];
}

/** A `*` stands for the rest of a branch's name after a slash: for no part of an owner, a repository or an environment. */
function wildcardFindings(subject: string, job: string): string[] {
  if (!/[*?]/.test(subject)) return [];
  const inBranch = /:ref:(?:refs\/heads\/)?[^*?]+\/\*$/.test(subject) && /^[^*?]+\/\*$/.test(job);
  return inBranch ? [] : [`${subject} lets in more than it says: a * may only stand for all that follows a slash in a branch.`];
}

function subjectFindings({ operator, values }: Condition, system: CiSystem): string[] {
  return values.flatMap((subject) => {
    const job = subjectForms[system].exec(subject)?.groups?.['job'];
    if (job === undefined) return [`${subject} does not say whose jobs, and which of them.`];
    if (operator === 'StringEquals' && /[*?]/.test(subject)) return [`StringEquals takes the * of ${subject} for a letter.`];
    return wildcardFindings(subject, job);
  });
}

function audienceFindings(audience: Condition | undefined): string[] {
  if (audience === undefined) return ['aud must be compared: otherwise a token that was made for another service is as good.'];
  return audience.operator === 'StringEquals' && audience.values.length === 1 && !/[*?]/.test(audience.values[0] ?? '*') && audience.values[0] !== '' ? [] : ['aud must be one value, compared by StringEquals.'];
}

/** Where the ids are known the name alone must not be enough. */
function idFindings(subjects: readonly string[], repositoryId: Condition | undefined): string[] {
  const ids = subjects.flatMap((subject) => withIds.exec(subject)?.groups?.['repositoryId'] ?? []);
  if (repositoryId === undefined) return ids.length === 0 || ids.length === subjects.length ? [] : ['A sub without ids is trusted beside one with ids: repository_id must be compared as well.'];
  if (ids.length === 0) return ['repository_id is known, and no sub carries it: tokens of newer repositories are refused.'];
  return ids.every((id) => repositoryId.values.length === 1 && id === repositoryId.values[0]) ? [] : ['repository_id is another than the one in sub.'];
}

function statementFindings(statement: Values, expected: Expected): string[] {
  const host = hostOf(expected.issuer);
  const conditions = conditionsOf(statement);
  const subjects = conditions.filter(({ key }) => key === `${host}:sub`);
  const of = (claim: string): Condition | undefined => conditions.find(({ key }) => key === `${host}:${claim}`);
  return [
    ...principalFindings(statement, expected),
    ...(listed(statement['Action']).join() === 'sts:AssumeRoleWithWebIdentity' ? [] : ['The only action must be sts:AssumeRoleWithWebIdentity.']),
    ...conditions.flatMap((condition) => operatorFindings(condition, host)),
    ...audienceFindings(of('aud')),
    ...(subjects.length === 0 ? ['sub must be compared: otherwise every repository of the issuer may assume the role.'] : []),
    ...subjects.flatMap((subject) => subjectFindings(subject, expected.system)),
    ...(expected.system === 'github' ? idFindings(subjects.flatMap(({ values }) => values), of('repository_id')) : []),
  ];
}

/**
 * What is wrong with the trust policy of a role that a CI system's jobs assume; nothing where it lets in what it should.
 *
 * @param policy resolved: no tokens of CDK, intrinsic functions as text with `${…}`
 */
export function lintTrustPolicy(policy: unknown, expected: Expected): string[] {
  const statements: unknown = typeof policy === 'object' && policy !== null && 'Statement' in policy ? policy.Statement : [];
  const allowing = (Array.isArray(statements) ? statements : [statements]).filter((statement): statement is Values => typeof statement === 'object' && statement !== null && 'Effect' in statement && statement.Effect === 'Allow');
  if (allowing.length === 0) return ['It lets nobody in.'];
  return [...new Set(allowing.flatMap((statement) => statementFindings(statement, expected)))];
}
