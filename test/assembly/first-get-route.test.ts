import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstGetRoute } from '../../scripts/assembly/first-get-route';

let folder: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'route-')); });

afterEach(() => { rmSync(folder, { recursive: true }); });

const route = (RouteKey: unknown): object => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey } });

test.each<[object, string | null]>([
  [{ Resources: { A: route('POST /notes'), B: route('GET /notes/{id}'), C: route('GET /notes'), D: route('GET /more') } }, '/notes'],
  [{ Resources: { A: route('ANY /') } }, '/'],
  [{ Resources: { A: route('$default'), B: route({ Ref: 'X' }), C: { Type: 'AWS::S3::Bucket' }, D: { Type: 'AWS::ApiGatewayV2::Route' } } }, null],
  [{ Resources: { A: route('GET /{proxy+}') } }, null],
  [{}, null],
  [{ Resources: { A: null, B: 'GET /', C: { Type: 'AWS::ApiGatewayV2::Route', Properties: [] } } }, null],
  [[], null],
])('%j: %p', (template, expected) => {
  const file = join(folder, 'x.template.json');
  writeFileSync(file, JSON.stringify(template));
  expect(firstGetRoute(file)).toBe(expected);
});
