import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { removalPolicy } from './retention';

/**
 * Where the notes are kept, paid by the request.
 *
 * All notes are one item collection, sorted by id, so that a page of them, newest first, is one Query and the service
 * needs no permission to scan. A collection takes 1,000 writes a second, far above what the API lets through.
 */
export class NotesTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'collection', type: AttributeType.STRING },
      sortKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy,
    });
    Validations.of(this.table).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'The notes of a sample are deleted with its stack; continuous backups of them would only cost.',
    });
  }
}
