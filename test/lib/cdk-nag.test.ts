import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { notesApp, type NotesApp } from './notes-app';

interface Report {
  readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string }[] }[];
}

/** Rules that the app breaks, by AWS's own selection for what is to run in production. */
function findings(change: (notes: NotesApp) => unknown): readonly string[] {
  const notes = notesApp();
  try {
    change(notes);
    Validations.of(notes.app).addPlugins(new AwsSolutionsChecks(notes.app));
    try {
      notes.app.synth();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ValidationFailed') throw error;
    }
    const { pluginReports } = JSON.parse(readFileSync(join(notes.outdir, 'validation-report.json'), 'utf8')) as Report;
    return pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
  } finally {
    notes[Symbol.dispose]();
  }
}

/** A table for which no exception is made. */
function anotherTable({ stack }: NotesApp): Table {
  return new Table(stack, 'Another', { partitionKey: { name: 'id', type: AttributeType.STRING } });
}

/** What is acknowledged anywhere in the app, with its reason. */
function acknowledged({ app }: NotesApp): readonly unknown[] {
  return app.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).map(({ data }) => data as unknown));
}

describe('cdk-nag, AwsSolutions', () => {
  test('finds nothing', () => {
    expect(findings(() => {})).toEqual([]);
  });

  test('would find what is not as it should be', () => {
    expect(findings(anotherTable)).toEqual(['AwsSolutions-DDB3']);
  });

  test('is told of one exception, with its reason', () => {
    const notes = notesApp();
    expect(acknowledged(notes)).toEqual([expect.objectContaining({ 'Annotation::AwsSolutions-DDB3': expect.stringMatching(/deleted with its stack/) as unknown })]);
    notes[Symbol.dispose]();
  });
});
