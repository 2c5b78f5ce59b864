import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { NotesApi } from './notes-api';
import { NotesFunction } from './notes-function';
import { NotesTable } from './notes-table';

/** A small notes service: an HTTP API, one function, one table. */
export class NotesStack extends Stack {
  readonly apiUrl: CfnOutput;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, { description: 'A small notes service, deployed by cdk-takeoff', ...props });
    const { table } = new NotesTable(this, 'Notes');
    const service = new NotesFunction(this, 'Service', { table });
    const { api } = new NotesApi(this, 'Api', { service: service.function });
    // The attribute, not api.url: that one is put together from amazonaws.com, and an emulator serves another host.
    this.apiUrl = new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint, description: 'Where the notes are served; every request is signed' });
  }
}
