import { isDeepStrictEqual } from 'node:util';
import type { Template } from './template';

/** Whether CloudFormation would give `next` back as `deployed`. It answers with a question mark for each character that is not ASCII. */
export function isSameTemplate(deployed: Template, next: Template): boolean {
  return isDeepStrictEqual(deployed, next) || isDeepStrictEqual(deployed, asAnswered(next));
}

/** `template` as GetTemplate would answer it. https://github.com/aws/aws-cdk/issues/10219 */
export function asAnswered(template: Template): Template {
  return JSON.parse(JSON.stringify(template).replaceAll(/[\u{80}-\u{10ffff}]/gu, '?')) as Template;
}
