import { namedBy } from '../physical-name';
import type { LocalAws } from '../service';

/** The name of a table that a stack makes. */
export const tableName = namedBy('TableName', 255);

/** @param name also `NAME/index/INDEX` */
export function tableArn(local: LocalAws, region: string, name: string): string {
  return `arn:aws:dynamodb:${region}:${local.account}:table/${name}`;
}
