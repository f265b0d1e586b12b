import type { api } from '@sandan/shared/api';
import {
  isFile,
  isText,
  isUpload,
  sheetType,
  type Endpoint,
  type Schema,
  type UploadBody,
} from '@sandan/shared/endpoint';
import { problems } from '@sandan/shared/problems';
import { searchField, searchHeader } from '@sandan/shared/typed-search';
import type { Route } from './implement';
import { nameSchemas, type Json, type NamedSchemas } from './openapi-schemas';

export interface OpenApi extends Json {
  openapi: string;
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Record<string, Json>; responses: Json; securitySchemes: Json };
}

/** A room without its words does not compile. */
const roomNames: Readonly<Record<keyof typeof api, string>> = {
  access: '登录、二次验证和登录的设备',
  wechat: '微信推送和微信接入',
  people: '登录与人员',
  grids: '网格',
  categories: '点单类别',
  orders: '点单',
  tasks: '接单',
  inspections: '督查',
  photos: '照片与录音',
  messages: '消息',
  subscriptions: '微信订阅消息',
  calls: '电话通知单和今日待办',
  opinions: '投诉建议',
  reviews: '内容审核和投诉',
  privacy: '隐私与数据',
  commitments: '双向承诺',
  rounds: '承诺年度',
  showcases: '打擂比武',
  papers: '公示表和导出',
  cards: '党员和党组织的公开名片',
  links: '短链接和小程序码',
  posters: '码和海报',
  activities: '活动',
  imports: '导入承诺',
  audit: '审计',
  grantReviews: '账号和权限核查',
  posts: '任职和代理',
  trees: '网格和党组织',
  handovers: '换届交接',
  bindings: '身份绑定',
  households: '村民家庭',
  care: '照看家人',
  proxies: '代办的同意',
  householdLinks: '联户',
  visits: '大走访',
  profile: '头像和昵称',
  publishedPhone: '公开电话',
  sweeps: '入户排查',
  rosters: '名册导入',
  live: '实时更新',
  boards: '数据',
  settings: '设置',
  connections: '管理员连接自己的手机',
};

/** OpenAPI 3.1 from the same literals that the door works with, so that it cannot say anything else. */
export function describeApi(routes: readonly Route[]): OpenApi {
  const schemas = nameSchemas();
  const paths: OpenApi['paths'] = {};
  for (const route of routes) {
    const path = `/api${route.endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.endpoint.method]: operationOf(route, schemas) };
  }
  const rooms = [...new Set(routes.map(roomOf))];
  return {
    openapi: '3.1.0',
    info: {
      title: '三单',
      version: '1',
      description: '群众点单、网格下单、党员接单。出错时答 application/problem+json,title 可以直接给人看。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: rooms.map((name) => ({ name, description: roomNames[name] })),
    paths,
    components: {
      schemas: { ...schemas.used(), Problem: problemSchema },
      responses: { Problem: problemResponse },
      securitySchemes: { session: { type: 'http', scheme: 'bearer', description: '登录时得到的 token' } },
    },
  };
}

const roomOf = ({ key }: Route) => key.split('.', 1)[0] as keyof typeof api;

function operationOf(route: Route, schemas: NamedSchemas): Json {
  const { endpoint, key } = route;
  const { permission } = endpoint;
  return {
    operationId: key,
    tags: [roomOf(route)],
    summary: endpoint.summary,
    'x-permission': permission,
    security: permission === 'anyone' ? [] : [{ session: [] }],
    ...parametersOf(endpoint, schemas),
    ...requestBodyOf(endpoint, schemas),
    responses: {
      '200': { description: '成功', content: replyContentOf(endpoint, schemas) },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function parametersOf({ params, query }: Endpoint, schemas: NamedSchemas): Json {
  const parameters = [...parametersIn('path', params, schemas), ...parametersIn('query', query, schemas)];
  return parameters.length > 0 ? { parameters } : {};
}

function parametersIn(place: 'path' | 'query', schema: Schema | undefined, schemas: NamedSchemas): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.inline(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    ...(place === 'query' && name === searchField ? { name: searchHeader, in: 'header' } : { name, in: place }),
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function requestBodyOf({ body, method }: Endpoint, schemas: NamedSchemas): Json {
  if (!body) return {};
  return { requestBody: { required: true, content: contentOf(body, method, schemas) } };
}

function contentOf(body: NonNullable<Endpoint['body']>, method: Endpoint['method'], schemas: NamedSchemas): Json {
  if (isUpload(body)) return uploadContentOf(body, method);
  if (isText(body)) return Object.fromEntries(body.types.map((type) => [type, { schema: { type: 'string' } }]));
  return { 'application/json': { schema: schemas.of(body, 'input') } };
}

const uploadTypes: Readonly<Record<UploadBody['accept'], string>> = {
  photo: 'image/*',
  voice: 'audio/*',
  sheet: sheetType,
  roster: 'application/octet-stream',
};

/** `PUT` takes the raw bytes, `POST` a form with the field `file`, as wx.uploadFile sends it (decisions.md §4.2, §4.5). */
function uploadContentOf({ accept }: UploadBody, method: Endpoint['method']): Json {
  const binary = { schema: { type: 'string', format: 'binary' } };
  if (method === 'put') return { [uploadTypes[accept]]: binary };
  const schema = { type: 'object', properties: { file: binary.schema }, required: ['file'] };
  return { 'multipart/form-data': { schema } };
}

function replyContentOf({ reply }: Endpoint, schemas: NamedSchemas): Json {
  if (!isFile(reply)) return { 'application/json': { schema: schemas.of(reply, 'output') } };
  return Object.fromEntries(reply.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
}

const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457',
  properties: {
    type: { type: 'string', example: 'urn:sandan:problem:order.not-found' },
    status: { type: 'integer', example: 404 },
    code: { type: 'string', enum: Object.keys(problems) },
    title: { type: 'string', description: '可以直接给人看的一句话', example: problems['order.not-found'][1] },
    fields: { type: 'object', additionalProperties: { type: 'string' }, description: '哪一项填写有误' },
    facts: { type: 'object', description: '现在的状态等事实' },
    requestId: { type: 'string' },
  },
  required: ['type', 'status', 'code', 'title', 'requestId'],
};

const problemResponse: Json = {
  description: '没有成功',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
