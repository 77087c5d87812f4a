# SPDX-License-Identifier: GPL-3.0-or-later
"""How each provider of models speaks: what it takes, what it refuses, and in which words.

A dialect is data; only what differs by more than a value is a function. Where a
refusal is worded from memory rather than from a provider's page, its line ends
in "unverified".
"""

import base64
import binascii
import json
import re
import struct

CHAT = {'model', 'messages', 'stream', 'stream_options', 'max_tokens', 'temperature', 'top_p', 'stop', 'n', 'seed',
        'response_format', 'presence_penalty', 'frequency_penalty', 'user', 'tools', 'tool_choice', 'logprobs',
        'top_logprobs'}


class Refusal(Exception):
    """An answer that is an error; shape None: as the dialect words it"""

    def __init__(self, status, message, kind='invalid_request_error', param=None, code=None, headers=()):
        super().__init__(message)
        self.status, self.message, self.kind, self.param, self.code = status, message, kind, param, code
        self.headers = list(headers)


# --- The shapes of errors ---------------------------------------------------

def openai_error(refusal):
    return {'error': {'message': refusal.message, 'type': refusal.kind, 'param': refusal.param, 'code': refusal.code}}


def glm_error(refusal):
    """Codes are numbers written as strings, and there is no type"""
    codes = {401: '1000', 402: '1113', 404: '1211', 429: '1302', 500: '500', 503: '1305'}
    return {'error': {'code': refusal.code or codes.get(refusal.status, '1214'), 'message': refusal.message}}


def siliconflow_error(refusal):
    codes = {400: 20015, 401: 20001, 402: 30001, 403: 30001, 404: 20012, 429: 50505, 503: 50505, 504: 50505}
    code = refusal.code if isinstance(refusal.code, int) else codes.get(refusal.status, 20012)
    return {'code': code, 'message': refusal.message, 'data': None}


def gemini_error(refusal):
    """A list with one error, as its compatible address answers (facts D2)"""
    words = {400: 'INVALID_ARGUMENT', 401: 'UNAUTHENTICATED', 403: 'PERMISSION_DENIED', 404: 'NOT_FOUND',
             429: 'RESOURCE_EXHAUSTED', 503: 'UNAVAILABLE'}
    return [{'error': {'code': refusal.status, 'message': refusal.message,
                       'status': words.get(refusal.status, 'INTERNAL')}}]


def mistral_error(refusal):
    if refusal.status == 422:
        return {'object': 'error', 'message': {'detail': [{'type': 'extra_forbidden', 'loc': ['body', refusal.param],
                                                           'msg': refusal.message}]},
                'type': 'invalid_request_error', 'param': None, 'code': None}
    return {'object': 'error', 'message': refusal.message, 'type': refusal.kind, 'param': refusal.param,
            'code': refusal.code}


def openrouter_error(refusal):
    return {'error': {'code': refusal.status, 'message': refusal.message,
                      'metadata': {'provider_name': 'Somebody', 'raw': refusal.message}}}


def string_error(refusal):
    """LM Studio, and Ollama's own addresses"""
    return {'error': refusal.message}


def llamacpp_error(refusal):
    return {'error': {'code': refusal.status, 'message': refusal.message, 'type': refusal.kind}}


def vllm_error(refusal):
    return {'object': 'error', 'message': refusal.message, 'type': 'BadRequestError', 'param': None,
            'code': refusal.status}


def dashscope_error(refusal):
    codes = {400: 'InvalidParameter', 401: 'InvalidApiKey', 402: 'Arrearage', 404: 'ModelNotFound', 429: 'Throttling.RateQuota'}
    return {'code': refusal.code or codes.get(refusal.status, 'InternalError'), 'message': refusal.message,
            'request_id': '7d9c4a5e-0000-4000-8000-5b6f0c1d2e3f'}


SHAPES = {
    'object': openai_error,
    'string': string_error,
    'array': gemini_error,
    'toplevel': siliconflow_error,
    'native': dashscope_error,
    'detail': lambda refusal: {'detail': refusal.message},
    'nested': lambda refusal: {'error': {'error': {'message': refusal.message}}},
    'number': lambda refusal: {'error': refusal.status},
    'null': lambda refusal: {'error': None},
}

HTML = ('<!DOCTYPE html>\n<html><head><title>{0} Error</title></head><body><center><h1>{0} {1}</h1></center>'
        '<hr><center>nginx</center><script>alert(1)</script></body></html>\n')


# --- What is refused --------------------------------------------------------

def text_of(messages):
    found = []
    for message in messages:
        content = message.get('content')
        if isinstance(content, str):
            found.append(content)
        for part in content if isinstance(content, list) else ():
            if isinstance(part, dict) and part.get('type') == 'text':
                found.append(part.get('text') or '')
    return '\n'.join(found)


def check_types(body):
    if not isinstance(body.get('model'), str) or not body['model']:
        raise Refusal(400, 'you must provide a model parameter', param='model')
    if not isinstance(body.get('messages'), list) or not body['messages']:
        raise Refusal(400, "Missing required parameter: 'messages'.", param='messages')
    for message in body['messages']:
        if not isinstance(message, dict) or message.get('role') not in ('system', 'user', 'assistant', 'developer'):
            raise Refusal(400, "Invalid value for 'role'.", param='messages')
        if not isinstance(message.get('content'), (str, list)):
            raise Refusal(400, "Invalid type for 'content'.", param='messages')
    for name, kind in (('stream', bool), ('max_tokens', int), ('max_completion_tokens', int)):
        if name in body and (not isinstance(body[name], kind) or (kind is int and body[name] < 1)):
            raise Refusal(400, f"Invalid type for '{name}'.", param=name)


def unknown_openai(name):
    return Refusal(400, f"Unknown parameter: '{name}'.", param=name, code='unknown_parameter')


def unknown_mistral(name):
    return Refusal(422, 'Extra inputs are not permitted', param=name)


def unknown_gemini(name):
    return Refusal(400, f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.', param=name)


def is_reasoning(model):
    return re.match(r'(gpt-5|o[134])', model) is not None


def check_openai(body, said):
    model = body['model']
    if not is_reasoning(model):
        return
    if 'max_tokens' in body:
        raise Refusal(400, "Unsupported parameter: 'max_tokens' is not supported with this model. "
                           "Use 'max_completion_tokens' instead.", param='max_tokens', code='unsupported_parameter')
    if body.get('temperature', 1) != 1:
        raise Refusal(400, f"Unsupported value: 'temperature' does not support {body['temperature']} with this model. "
                           'Only the default (1) value is supported.', param='temperature', code='unsupported_value')


def check_qwen(body, said):
    want_json(body, said, "<400> InternalError.Algo.InvalidParameter: 'messages' must contain the word 'json' in some "
                          "form, to use 'response_format' of type 'json_object'.")
    if body.get('enable_thinking') and 'response_format' in body:
        raise Refusal(400, 'Json mode response is not supported when enable_thinking is true',
                      param='response_format')  # unverified


def check_deepseek(body, said):
    want_json(body, said, "Prompt must contain the word 'json' in some form to use 'response_format' of type "
                          "'json_object'.")


def want_json(body, said, words):
    form = body.get('response_format')
    if isinstance(form, dict) and form.get('type') == 'json_object' and 'json' not in said.lower():
        raise Refusal(400, words, param='response_format')


def check_kimi(body, said):
    for name in ('temperature', 'top_p', 'n', 'presence_penalty', 'frequency_penalty'):
        if name in body:
            raise Refusal(400, f'invalid {name}: only the default is allowed for this model', param=name)


def check_schema(schema, path='()'):
    """The strict subset (facts D3.3)"""
    if not isinstance(schema, dict):
        return
    for banned in ('minimum', 'maximum', 'minLength', 'maxLength', 'pattern', '$ref', 'minItems', 'maxItems', 'format'):
        if banned in schema:
            raise Refusal(400, f"Invalid schema for response_format: In context={path}, '{banned}' is not permitted.",
                          param='response_format', code='invalid_json_schema')
    if 'properties' in schema:
        if schema.get('additionalProperties') is not False:
            raise Refusal(400, f"Invalid schema for response_format: In context={path}, 'additionalProperties' is "
                               'required to be supplied and to be false.',
                          param='response_format', code='invalid_json_schema')
        missing = set(schema['properties']) ^ set(schema.get('required', ()))
        if missing:
            raise Refusal(400, f"Invalid schema for response_format: In context={path}, 'required' is required to be "
                               f"supplied and to be an array including every key in properties. Missing '{min(missing)}'.",
                          param='response_format', code='invalid_json_schema')
        for name, inner in schema['properties'].items():
            check_schema(inner, f"('properties', '{name}')")
    check_schema(schema.get('items'), "('items')")
    for inner in schema.get('anyOf', ()):
        check_schema(inner, "('anyOf')")


def check_form(dialect, body):
    """Returns the schema that binds the reply, True where it is bound to be JSON, or None"""
    form = body.get('response_format')
    if form is None:
        return None
    if not isinstance(form, dict) or form.get('type') not in ('text', 'json_object', 'json_schema'):
        raise Refusal(400, "Invalid value for 'response_format'.", param='response_format')
    if form['type'] == 'text':
        return None
    if form['type'] not in dialect['forms']:
        raise Refusal(400, dialect.get('form_words', "This response_format type is unavailable now"),
                      param='response_format')
    if form['type'] == 'json_object':
        # llama.cpp takes a schema here too
        return form.get('schema', True) if dialect['name'] == 'llamacpp' else True
    nested = form.get('json_schema')
    if dialect['name'] == 'llamacpp':
        # The flat form is read by nobody, and nothing is said about it
        return nested.get('schema') if isinstance(nested, dict) else None
    if not isinstance(nested, dict) or not isinstance(nested.get('schema'), dict):
        raise Refusal(400, "Missing required parameter: 'response_format.json_schema'.", param='response_format')
    if not re.fullmatch(r'[A-Za-z0-9_-]{1,64}', str(nested.get('name', ''))):
        raise Refusal(400, "Invalid 'response_format.json_schema.name'.", param='response_format')
    if nested.get('strict'):
        check_schema(nested['schema'])
    return nested['schema']


def check_known(dialect, body):
    known = dialect.get('known')
    if known is None:
        return
    for name in body:
        if name not in known:
            raise dialect.get('unknown', unknown_openai)(name)


def check_thinking(dialect, body):
    """A switch for thinking that is another provider's is refused by all who look at what they get"""
    allowed = dialect['thinking']
    for name in ('enable_thinking', 'thinking', 'chat_template_kwargs', 'reasoning_effort', 'reasoning'):
        if name in body and name not in allowed and not dialect.get('lenient'):
            raise dialect.get('unknown', unknown_openai)(name)
    thinking = body.get('thinking')
    if 'thinking' in body and (not isinstance(thinking, dict) or thinking.get('type') not in ('enabled', 'disabled', 'auto')):
        raise Refusal(400, "Invalid value for 'thinking'.", param='thinking')


# --- Pictures in a request --------------------------------------------------

def measure(data):
    """Type and pixels of a picture as its first bytes tell; None where it is none"""
    if data.startswith(b'\x89PNG\r\n\x1a\n') and len(data) > 24:
        return ('image/png',) + struct.unpack('>II', data[16:24])
    if data[:4] == b'RIFF' and data[8:12] == b'WEBP':
        return ('image/webp', 0, 0)
    if data[:2] == b'\xff\xd8':
        at = 2
        while at + 9 < len(data):
            if data[at] != 0xff:
                return None
            kind, length = data[at + 1], struct.unpack('>H', data[at + 2:at + 4])[0]
            if 0xc0 <= kind <= 0xcf and kind not in (0xc4, 0xc8, 0xcc):
                height, width = struct.unpack('>HH', data[at + 5:at + 9])
                return ('image/jpeg', width, height)
            at += 2 + length
    return None


def head_of(data):
    """What stands before the pixels of a JPEG; in those, any bytes may stand"""
    at = 2
    while data[:2] == b'\xff\xd8' and at + 4 < len(data) and data[at] == 0xff and data[at + 1] != 0xda:
        at += 2 + struct.unpack('>H', data[at + 2:at + 4])[0]
    return data[:at] if at > 2 else data[:65536]


def look(data):
    """What the tests want to know of a picture that was sent"""
    found, head = measure(data), head_of(data)
    return {'type': found[0] if found else None, 'width': found[1] if found else 0, 'height': found[2] if found else 0,
            'bytes': len(data), 'exif': b'Exif\x00\x00' in head or b'eXIf' in head,
            'gps': b'GPS' in head or b'\x88\x25\x00\x04' in head or b'\x25\x88\x04\x00' in head,
            'xmp': b'http://ns.adobe.com/xap/1.0/' in head, 'base64': base64.b64encode(data).decode()}


def picture_of(dialect, part):
    url = part.get('image_url')
    if isinstance(url, dict):
        url = url.get('url')
    elif not dialect.get('plain_url'):
        raise Refusal(400, "Invalid type for 'image_url': expected an object.", param='messages')
    if not isinstance(url, str):
        raise Refusal(400, "Invalid 'image_url'.", param='messages')
    match = re.match(r'data:(image/(?:jpeg|png|webp|gif));base64,', url)
    if match is None and re.match(r'https?:', url):
        if dialect.get('data_only'):
            raise Refusal(400, 'invalid image input', param='messages')
        return None
    if match is None and not dialect.get('bare_base64'):
        raise Refusal(400, "Invalid 'image_url': expected a base64-encoded data URL with an image MIME type.",
                      param='messages', code='invalid_base64')
    try:
        data = base64.b64decode(url[match.end() if match else 0:], validate=True)
    except (binascii.Error, ValueError):
        raise Refusal(400, 'The image data is no valid base64.', param='messages', code='invalid_base64') from None
    found = measure(data)
    if found is None or (match and found[0] != match[1]):
        raise Refusal(400, 'The image data you provided does not represent a valid image.', param='messages',
                      code='invalid_image')
    return data


def pictures_of(dialect, body, blind):
    found = []
    for message in body['messages']:
        for part in message['content'] if isinstance(message['content'], list) else ():
            if not isinstance(part, dict) or part.get('type') not in ('text', 'image_url'):
                raise Refusal(400, f"Invalid value: '{part.get('type') if isinstance(part, dict) else part}'.",
                              param='messages')
            if part['type'] == 'text':
                continue
            if blind:
                raise Refusal(400, dialect.get('blind_words', 'This model does not support image_url input.'),
                              param='messages')
            data = picture_of(dialect, part)
            if data is not None:
                found.append(data)
    if len(found) > dialect.get('most_pictures', 50):
        raise Refusal(400, f'Too many images: at most {dialect["most_pictures"]}.', param='messages')
    return found


# --- The dialects -----------------------------------------------------------

def dialect(**values):
    base = {'forms': ('json_object', 'json_schema'), 'error': openai_error, 'thinking': (), 'wants_key': True,
            'models': ('some-model',), 'check': None, 'usage': 'asked', 'balance': (402, 'Insufficient Balance', None),
            'key_words': 'Incorrect API key provided.', 'lenient': False}
    return {**base, **values}


DIALECTS = {
    'openai': dialect(
        known=CHAT | {'max_completion_tokens', 'reasoning_effort', 'store', 'metadata', 'service_tier', 'verbosity'},
        thinking=('reasoning_effort',), check=check_openai, models=('gpt-5.5-mini', 'gpt-4.1-mini'),
        balance=(429, 'You exceeded your current quota, please check your plan and billing details.', 'insufficient_quota')),
    'qwen': dialect(
        forms=('json_object',), thinking=('enable_thinking',), check=check_qwen, models=('qwen3-vl-plus', 'qwen-plus'),
        form_words="<400> InternalError.Algo.InvalidParameter: 'response_format.type' must be json_object or text.",
        balance=(400, 'Access denied, please make sure your account is in good standing.', 'Arrearage'), lenient=True),
    'deepseek': dialect(
        forms=('json_object',), thinking=('thinking',), check=check_deepseek, models=('deepseek-flash',), usage='always',
        most_bytes=48 << 20, lenient=True,
        blind_words='Failed to deserialize the JSON body: unknown variant `image_url`, expected `text`'),
    'glm': dialect(
        forms=('json_object',), thinking=('thinking',), error=glm_error, models=('glm-4.6v', 'glm-5.3-flash'),
        usage='always', bare_base64=True, form_words='response_format.type 参数非法，请检查文档。',
        balance=(429, '您的账户已欠费，请充值后重试。', '1113'), key_words='身份验证失败。', lenient=True),
    'kimi': dialect(
        forms=('json_object',), thinking=('thinking',), check=check_kimi, models=('kimi-k2.6', 'kimi-k3'), data_only=True,
        form_words='Invalid request: unsupported response_format type',
        balance=(429, 'Your account has been suspended due to insufficient balance.', 'exceeded_current_quota_error')),
    'doubao': dialect(
        thinking=('thinking', 'reasoning_effort'), models=('doubao-seed-2-0-lite',),
        balance=(403, 'The account is overdue.', 'AccountOverdueError')),  # unverified
    'siliconflow': dialect(
        forms=('json_object',), thinking=('enable_thinking',), error=siliconflow_error,
        models=('Qwen/Qwen3-VL-32B-Instruct',), form_words='The parameter response_format is invalid.',
        balance=(403, 'Sorry, your account balance is insufficient', 30001), key_words='Invalid token', lenient=True),
    'gemini': dialect(
        known=(CHAT - {'logprobs', 'top_logprobs', 'user', 'seed'}) | {'reasoning_effort', 'max_completion_tokens',
                                                                       'extra_body'},
        unknown=unknown_gemini, thinking=('reasoning_effort',), error=gemini_error,
        models=('models/gemini-3-flash', 'models/gemini-3.1-pro'),
        balance=(429, 'You exceeded your current quota.', None), key_words='API key not valid. Please pass a valid API key.'),
    'mistral': dialect(
        known=(CHAT - {'stream_options', 'seed', 'user', 'logprobs', 'top_logprobs'}) | {'random_seed', 'safe_prompt',
                                                                                         'prompt_mode'},
        unknown=unknown_mistral, error=mistral_error, usage='always', plain_url=True, most_pictures=8,
        models=('mistral-medium-latest',), key_words='Unauthorized'),
    'openrouter': dialect(
        thinking=('reasoning', 'reasoning_effort'), error=openrouter_error, models=('qwen/qwen3-vl-32b-instruct',),
        balance=(402, 'Insufficient credits. Add more using https://openrouter.ai/settings/credits', 402),
        key_words='No auth credentials found', comments=': OPENROUTER PROCESSING', usage='always', lenient=True),
    'ollama': dialect(
        thinking=('reasoning_effort',), wants_key=False, models=('qwen3-vl:8b', 'gemma3:4b'), data_only=True,
        error=openai_error, lenient=True),
    'llamacpp': dialect(
        thinking=('chat_template_kwargs', 'reasoning_effort'), wants_key=False, error=llamacpp_error,
        models=('Qwen3-VL-8B-Instruct-Q4_K_M.gguf',), lenient=True),
    'lmstudio': dialect(
        forms=('json_schema',), wants_key=False, error=string_error, models=('qwen/qwen3-vl-8b',), lenient=True,
        form_words="'response_format.type' must be 'json_schema' or 'text'"),
    'vllm': dialect(
        thinking=('chat_template_kwargs', 'reasoning_effort'), wants_key=False, error=vllm_error,
        models=('Qwen/Qwen3-VL-8B-Instruct',), lenient=True),
    'openai-edit-json': dialect(models=('gpt-image-1.5', 'gpt-image-2')),
    'openai-edit-multipart': dialect(models=('gpt-image-1.5', 'gpt-image-2')),
    'qwen-edit': dialect(error=dashscope_error, models=('qwen-image-edit-plus',), balance=(400, 'Access denied.', 'Arrearage')),
    'dashscope-async': dialect(error=dashscope_error, models=('wan2.5-i2i-preview',), balance=(400, 'Access denied.', 'Arrearage')),
    'seedream': dialect(models=('doubao-seedream-5-0-lite-260128',)),
    'gemini-image': dialect(error=lambda refusal: gemini_error(refusal)[0], models=('gemini-3.1-flash-image-preview',)),
}
for name, values in DIALECTS.items():
    values['name'] = name


def check_key(dialect, headers):
    """Any key that begins with "sk-" or is "good" is right"""
    if not dialect['wants_key']:
        return
    given = headers.get('Authorization') or ''
    key = given[7:] if given.startswith('Bearer ') else headers.get('x-goog-api-key') or ''
    if not key:
        raise Refusal(401, "You didn't provide an API key.", kind='authentication_error', code='invalid_api_key')
    if not (key.startswith('sk-') or key == 'good'):
        # As some do, it says the key again: what is shown and kept must not have it
        raise Refusal(401, f'{dialect["key_words"]} ({key})', kind='authentication_error',
                      code=None if dialect['error'] in (glm_error, siliconflow_error, dashscope_error) else 'invalid_api_key')


def check_chat(dialect, raw, blind):
    """Returns (body, pictures, what binds the reply)"""
    if len(raw) > dialect.get('most_bytes', 64 << 20):
        raise Refusal(413, 'Request body too large.')
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refusal(400, 'We could not parse the JSON body of your request.') from None
    if not isinstance(body, dict):
        raise Refusal(400, 'We could not parse the JSON body of your request.')
    check_types(body)
    check_known(dialect, body)
    check_thinking(dialect, body)
    if body['model'].startswith('missing'):
        raise Refusal(404, f"The model `{body['model']}` does not exist or you do not have access to it.",
                      param='model', code=None if dialect['error'] in (glm_error, siliconflow_error) else 'model_not_found')
    if dialect['check'] is not None:
        dialect['check'](body, text_of(body['messages']))
    bound = check_form(dialect, body)
    return body, pictures_of(dialect, body, blind or 'blind' in body['model']), bound
