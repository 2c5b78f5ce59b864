import { AwsError } from '../aws-error';
import { references } from './references';
import type { TemplateResource } from './template';

/** Logical ids, each with those that it needs. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * Who needs whom: by reference, and by DependsOn. Only among `resources`.
 *
 * @throws AwsError ValidationError for a circle
 */
export function dependencyGraph(resources: Readonly<Record<string, TemplateResource>>): Graph {
  const graph = new Map(Object.entries(resources).map(([id, resource]) => {
    const needed = new Set([...references(resource.properties).map(({ target }) => target), ...resource.dependsOn]);
    return [id, [...needed].filter((target) => target in resources)] as const;
  }));
  inOrder(graph);
  return graph;
}

/** @throws AwsError ValidationError for a circle */
export function inOrder(graph: Graph): readonly string[] {
  const ordered = new Set<string>();
  while (ordered.size < graph.size) {
    const ready = [...graph].filter(([id, needed]) => !ordered.has(id) && needed.every((other) => ordered.has(other)));
    if (ready.length === 0) {
      const rest = [...graph.keys()].filter((id) => !ordered.has(id));
      throw new AwsError('ValidationError', `Circular dependency between resources: [${rest.join(', ')}]`);
    }
    for (const [id] of ready) ordered.add(id);
  }
  return [...ordered];
}

/** The same graph, dependents first: the order of deletion. */
export function reversed(graph: Graph): Graph {
  return new Map([...graph.keys()].map((id) => [id, [...graph].filter(([, needed]) => needed.includes(id)).map(([dependent]) => dependent)]));
}

/** Takes each step as soon as the steps that it needs are done; independent ones go side by side. The graph has no circle. */
export async function alongGraph(graph: Graph, step: (id: string) => Promise<void>): Promise<void> {
  const started = new Map<string, Promise<void>>();
  const start = (id: string): Promise<void> => {
    const running = started.get(id) ?? Promise.all((graph.get(id) ?? []).map(start)).then(() => step(id));
    started.set(id, running);
    return running;
  };
  await Promise.all([...graph.keys()].map(start));
}
