import type { JsonObject } from '../resource';
import { references } from './references';
import { type Template, type TemplateOutput, type TemplateResource } from './template';
import { formatError } from './template-error';

/**
 * What exists must not need what its condition leaves out.
 *
 * @param resources those that there are
 * @param holds whether a condition does
 * @throws AwsError ValidationError
 */
export function verifyConditionalReferences(template: Template, resources: Readonly<Record<string, TemplateResource>>, outputs: Readonly<Record<string, TemplateOutput>>, holds: (condition: string) => boolean): void {
  const properties: JsonObject[] = Object.values(resources).map((resource) => resource.properties);
  const blocks = { Resources: references(properties, holds), Outputs: references(Object.values(outputs).flatMap(({ value, exportName }) => [value, exportName]), holds) };
  for (const [block, found] of Object.entries(blocks)) {
    const missing = new Set(found.map(({ target }) => target).filter((target) => target in template.resources && !(target in resources)));
    if (missing.size > 0) throw formatError(`Unresolved resource dependencies [${[...missing].join(', ')}] in the ${block} block of the template`);
  }
}
