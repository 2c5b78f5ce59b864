import { AwsError } from '../aws-error';
import { refusalOf } from '../iam/authorize';
import { createLogGroup, findLogGroup, logGroupArn } from '../logs/log-groups';
import { writeLog } from '../logs/write-log';
import type { LocalAws } from '../service';
import type { Session } from '../sts/sessions';
import type { FunctionRecord } from './functions';

/**
 * Writes to the function's log group what its role lets it write. Lambda makes the group where it is missing.
 *
 * @returns the action that the role lacks; then nothing is written, as in Lambda
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export function writeFunctionLog(local: LocalAws, record: FunctionRecord, session: Session, stream: string, lines: readonly string[]): string | null {
  const { region, logGroup } = record;
  const arn = logGroupArn(local, region, logGroup);
  const known = findLogGroup(local, region, logGroup) !== null;
  const needed = [
    ...(known ? [] : [['logs:CreateLogGroup', `${arn}:*`] as const]),
    ['logs:CreateLogStream', `${arn}:log-stream:${stream}`] as const,
    ['logs:PutLogEvents', `${arn}:log-stream:${stream}`] as const,
  ];
  for (const [action, resource] of needed) if (!allows(local, session, region, action, resource)) return action;
  if (!known) createLogGroup(local, region, logGroup);
  writeLog(local, region, logGroup, stream, lines);
  return null;
}

/** Shows a line to whoever looks at `npm run local`. */
export function showLine(local: LocalAws, record: FunctionRecord, line: string): void {
  local.log({ kind: 'lambda', text: `${record.name}  ${line}` });
}

function allows(local: LocalAws, session: Session, region: string, action: string, resource: string): boolean {
  try {
    return refusalOf(local, session, { region }, action, resource) === null;
  } catch (error) {
    // The role is gone, or another by now.
    if (error instanceof AwsError && error.code === 'InvalidClientTokenId') return false;
    throw error;
  }
}
