#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what adapters send against what marketplaces publish: contracts.py CLIENT

Starts Prism (an OpenAPI server that validates each request, and answers from
the document) for each document of a marketplace, and runs CLIENT, which sends
it every request that the adapters build. Skipped with a reason where the
documents (CS_SHARED) or Prism (CS_TEST_SERVERS, made by ./run) are missing.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

PATIENCE = 60

# name: (document, where requests of that kind go, the paths that adapters use)
DOCUMENTS = {
    'etsy': ('etsy/openapi-3.0.0.json', 'https://openapi.etsy.com',
             r'/v3/application/(users/me|shops/\{shop_id\}(|/listings.*|/shipping-profiles|/policies/return|/readiness-state-definitions)'
             r'|listings/\{listing_id\}(|/inventory)|seller-taxonomy/.*)$'),
    'ebay-inventory': ('ebay/sell_inventory_v1_oas3.json', 'https://api.ebay.com/sell/inventory/v1', r'.*'),
    'ebay-account': ('ebay/sell_account_v1_oas3.json', 'https://api.ebay.com/sell/account/v1', r'/(\w+_policy|privilege)$'),
    'ebay-taxonomy': ('ebay/commerce_taxonomy_v1_oas3.json', 'https://api.ebay.com/commerce/taxonomy/v1', r'.*'),
    'amazon-listings': ('amazon/listingsItems_2021-08-01.json', 'https://sellingpartnerapi-eu.amazon.com/listings', r'.*'),
    'amazon-types': ('amazon/definitionsProductTypes_2020-09-01.json', 'https://sellingpartnerapi-eu.amazon.com/definitions', r'.*'),
}


def skip(reason):
    print('TAP version 14\n1..0 # SKIP ' + reason)
    sys.exit(0)


def find_prism():
    folder = os.environ.get('CS_TEST_SERVERS', '')
    prism = os.path.join(folder, 'node_modules', '.bin', 'prism')
    if not folder or not os.path.exists(prism):
        skip('Prism is not here; ./run test fetches it where there is npm')
    return prism


def find_documents():
    folder = os.path.join(os.environ.get('CS_SHARED', ''), 'specs')
    if not os.path.isdir(folder):
        skip('the marketplaces’ documents are not here')
    return folder


def plain_lists(document):
    """Etsy's forms take lists as texts parted by commas, whatever its document
    says: https://github.com/etsy/open-api/issues/291"""
    for methods in document['paths'].values():
        for operation in methods.values():
            content = operation.get('requestBody', {}).get('content', {}) if isinstance(operation, dict) else {}
            form = content.get('application/x-www-form-urlencoded', {}).get('schema', {})
            for name, field in form.get('properties', {}).items():
                if field.get('type') == 'array':
                    form['properties'][name] = {'type': 'string', 'pattern': '^[^,]+(,[^,]+)*$'}


def real_aspects(document):
    """eBay's document calls a map of lists a string; its description of the very field shows the map"""
    schemas = document.get('components', {}).get('schemas', {})
    for name in ('Product', 'InventoryItemGroup'):
        if 'aspects' in schemas.get(name, {}).get('properties', {}):
            schemas[name]['properties']['aspects'] = {
                'type': 'object', 'additionalProperties': {'type': 'array', 'items': {'type': 'string'}}}


def prepare(folder, name, out):
    """Only what is asked for: a document of a megabyte takes Prism long to read"""
    file, _, wanted = DOCUMENTS[name]
    with open(os.path.join(folder, file), encoding='utf-8') as source:
        document = json.load(source)
    document['paths'] = {path: methods for path, methods in document['paths'].items() if re.match(wanted, path)}
    if name == 'etsy':
        plain_lists(document)
    if name.startswith('ebay'):
        real_aspects(document)
        base = urllib.parse.urlsplit(DOCUMENTS[name][1]).path
        document['servers'] = [{'url': 'https://api.ebay.com'}]
        document['paths'] = {base + path: methods for path, methods in document['paths'].items()}
    path = os.path.join(out, name + '.json')
    with open(path, 'w', encoding='utf-8') as target:
        json.dump(document, target)
    return path


def free_ports(number):
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(('127.0.0.1', 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(port, server, until):
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


def main():
    client = sys.argv[1]
    prism, folder = find_prism(), find_documents()
    names = [name for name in DOCUMENTS if os.path.exists(os.path.join(folder, DOCUMENTS[name][0]))]
    servers = []
    with tempfile.TemporaryDirectory() as out, open(os.path.join(out, 'log'), 'w', encoding='utf-8') as log:
        try:
            ports = free_ports(len(names))
            for name, port in zip(names, ports):
                servers.append(subprocess.Popen(['node', prism, 'mock', '-h', '127.0.0.1', '-p', str(port), prepare(folder, name, out)],
                                                stdout=log, stderr=log, start_new_session=True))
            until = time.monotonic() + PATIENCE
            for name, port, server in zip(names, ports, servers):
                if not wait_for(port, server, until):
                    with open(log.name, encoding='utf-8') as said:
                        print('# ' + '\n# '.join(said.read().split('\n')[-20:]))
                    print(f'Bail out! Prism does not start with {DOCUMENTS[name][0]}')
                    return 1
            places = '\n'.join(f'{DOCUMENTS[name][1]} http://127.0.0.1:{port}' for name, port in zip(names, ports))
            return subprocess.run([client], env={**os.environ, 'CS_PRISM': places}, check=False).returncode
        finally:
            for server in servers:
                os.killpg(server.pid, signal.SIGKILL)


if __name__ == '__main__':
    sys.exit(main())
