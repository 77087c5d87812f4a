// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every query with its variables that the adapter builds, against Shopify's own
// schema: node shopify_contract.js TEST-PROGRAM. Skipped, with the reason, where
// the schema (CS_SHARED) or the validator (CS_TEST_SERVERS) is not here.

'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');

const skip = (reason) => {
  process.stdout.write(`TAP version 14\n1..0 # SKIP ${reason}\n`);
  process.exit(0);
};

const library = path.join(process.env.CS_TEST_SERVERS || '', 'node_modules', 'graphql');
const document = path.join(process.env.CS_SHARED || '', 'specs', 'shopify', 'admin_2026-10.json.gz');
if (!process.env.CS_TEST_SERVERS || !fs.existsSync(library)) skip('the validator of queries is not here; ./run test fetches it where there is npm');
if (!process.env.CS_SHARED || !fs.existsSync(document)) skip('the marketplace’s schema is not here');

const { buildClientSchema, getOperationAST, getVariableValues, parse, validate } = require(library);
// eslint-disable-next-line global-require
const values = require(path.join(library, 'execution', 'values'));

const introspection = JSON.parse(zlib.gunzipSync(fs.readFileSync(document)).toString());
const schema = buildClientSchema(introspection.data || introspection);

const complaints = ({ query, variables }) => {
  const tree = parse(query);
  const errors = validate(schema, tree).map((error) => error.message);
  if (errors.length > 0) return errors;
  const declared = getOperationAST(tree).variableDefinitions || [];
  const read = (getVariableValues || values.getVariableValues)(schema, declared, variables || {});
  const names = new Set(declared.map((definition) => definition.variable.name.value));
  return [
    ...(read.errors || []).map((error) => error.message),
    ...Object.keys(variables || {}).filter((name) => !names.has(name)).map((name) => `$${name} is given but not declared`),
  ];
};

const requests = execFileSync(process.argv[2], ['--requests'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  .split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));

// The validator itself: what is wrong has to be seen
const wrong = [
  { query: '{ shop { nothing } }' },
  { query: 'query ($id: ID!) { product(id: $id) { id } }', variables: {} },
  { query: 'query ($id: ID!) { product(id: $id) { id } }', variables: { id: 'x', more: 1 } },
];

process.stdout.write(`TAP version 14\n1..${requests.length + 2}\n`);
let number = 0;
const tell = (right, what, more) => {
  number += 1;
  for (const line of more) process.stdout.write(`# ${line}\n`);
  process.stdout.write(`${right ? 'ok' : 'not ok'} ${number} ${what}\n`);
  if (!right) process.exitCode = 1;
};

tell(wrong.every((request) => complaints(request).length > 0), 'what is wrong is seen', []);
tell(requests.length >= 30, `${requests.length} requests`, []);
for (const request of requests) {
  const found = complaints(request);
  tell(found.length === 0, request.query.slice(0, 60).replace(/#/g, ''), found);
}
