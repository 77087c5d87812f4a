// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Vendure shop of its own for a test: node server.js FOLDER. Prices hold 19 %
// tax, amounts are in EUR. Writes its address as one line when it is open, and
// ends when its standard input does.

'use strict';

const fs = require('fs');
const net = require('net');
const path = require('path');
const { bootstrap, DefaultLogger, LogLevel } = require('@vendure/core');
const { AssetServerPlugin } = require('@vendure/asset-server-plugin');

const folder = process.argv[2];
const assets = path.join(folder, 'assets');

const freePort = () => new Promise((resolve, reject) => {
  const server = net.createServer();
  server.on('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const makeConfig = (port) => ({
  apiOptions: {
    hostname: '127.0.0.1',
    port,
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
  },
  authOptions: {
    tokenMethod: ['bearer', 'api-key'],
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
    requireVerification: false,
  },
  dbConnectionOptions: {
    type: 'better-sqlite3',
    database: path.join(folder, 'shop.sqlite'),
    synchronize: true,
    logging: false,
  },
  customFields: {
    Product: [{ name: 'countersignKey', type: 'string', unique: true, nullable: true, public: false }],
  },
  paymentOptions: { paymentMethodHandlers: [] },
  importExportOptions: { importAssetsDir: assets },
  logger: new DefaultLogger({ level: LogLevel.Error }),
  plugins: [AssetServerPlugin.init({ route: 'assets', assetUploadDir: assets, assetUrlPrefix: `http://127.0.0.1:${port}/assets/` })],
});

// What a seller has set up once: a country with its tax, a channel with its currency, categories
const populate = async (address) => {
  let token = '';
  const ask = async (query, variables) => {
    const reply = await fetch(`${address}/admin-api`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    token = reply.headers.get('vendure-auth-token') || token;
    const { data, errors } = await reply.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };

  await ask('mutation { login(username: "superadmin", password: "superadmin") { __typename } }');
  const translations = (name) => [{ languageCode: 'en', name }];
  const { createCountry } = await ask('mutation ($input: CreateCountryInput!) { createCountry(input: $input) { id } }',
    { input: { code: 'DE', enabled: true, translations: translations('Germany') } });
  const { createZone } = await ask('mutation ($input: CreateZoneInput!) { createZone(input: $input) { id } }',
    { input: { name: 'Europe', memberIds: [createCountry.id] } });
  const { createTaxCategory } = await ask('mutation ($input: CreateTaxCategoryInput!) { createTaxCategory(input: $input) { id } }',
    { input: { name: 'Standard', isDefault: true } });
  await ask('mutation ($input: CreateTaxRateInput!) { createTaxRate(input: $input) { id } }',
    { input: { name: 'VAT', enabled: true, value: 19, categoryId: createTaxCategory.id, zoneId: createZone.id } });
  const { activeChannel } = await ask('{ activeChannel { id } }');
  await ask('mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename ... on ErrorResult { message } } }',
    {
      input: {
        id: activeChannel.id, pricesIncludeTax: true, defaultCurrencyCode: 'EUR', availableCurrencyCodes: ['EUR'],
        defaultTaxZoneId: createZone.id, defaultShippingZoneId: createZone.id,
      },
    });
  await ask('mutation ($input: CreateFacetInput!) { createFacet(input: $input) { id } }',
    {
      input: {
        code: 'category', isPrivate: false, translations: translations('Category'),
        values: [{ code: 'baskets', translations: translations('Baskets') }, { code: 'bowls', translations: translations('Bowls') }],
      },
    });
};

const main = async () => {
  fs.mkdirSync(assets, { recursive: true });
  const port = await freePort();
  const app = await bootstrap(makeConfig(port));
  const address = `http://127.0.0.1:${port}`;
  await populate(address);
  process.stdin.resume();
  process.stdin.on('end', () => app.close().finally(() => process.exit(0)));
  process.stdout.write(`${address}\n`);
};

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
