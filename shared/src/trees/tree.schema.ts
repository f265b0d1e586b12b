import { z } from 'zod';
import { Gcj02, Instant, MaskedPhone, Ulid, keys, text } from '../schemas';
import { PostRole, TreeName } from '../posts/post.schema';
import { changeNames, changeStates, datums, orderedChanges, rankNames } from './tree.words';

export const Rank = z.enum(keys(rankNames), '请选择层级');
export const GridName = text(40, '请填写名称');
export const OrganizationName = text(60, '请填写名称');
/** 12-digit division code or 15-digit grid code. */
export const GridCode = z.string('请填写编码').regex(/^(\d{12}|\d{15})$/, '编码是 12 位区划代码或 15 位网格编码');
const DutyPhone = z
  .string()
  .regex(/^\d[\d -]{1,18}\d$/, '电话号码不对')
  .nullable();

const Position = z.tuple([z.number().min(73).max(136), z.number().min(3).max(54)], '边界的点要写成 [经度, 纬度]');
/** GeoJSON; what makes a ring a ring is judged by the server, in words that name the ring. */
export const Polygon = z.object({
  type: z.literal('Polygon', '边界要是一个 GeoJSON Polygon'),
  coordinates: z.array(z.array(Position).max(2000, '边界的点太多，请简化到 2000 个以内')).min(1, '边界是空的').max(20),
});

const change = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), ...shape });

/** What is to change; of which tree it is goes by the address. */
export const TreeChangeAsked = z
  .discriminatedUnion('kind', [
    change('rename', { name: OrganizationName }),
    change('recode', { code: GridCode }),
    change('phone', { dutyPhone: DutyPhone }),
    change('boundary', { boundary: Polygon.nullable(), datum: z.enum(keys(datums), '请选择坐标系') }),
    change('move', { parentId: Ulid }),
    change('merge', { intoId: Ulid }),
    change('close', { successorId: Ulid.nullable().default(null) }),
    change('rank', { rank: Rank }),
    change('tie', { gridId: Ulid }),
    change('untie', { gridId: Ulid }),
  ])
  .meta({ id: 'TreeChangeAsked' });

export const TreeChange = z
  .object({
    id: Ulid,
    kind: z.enum(keys(changeNames)),
    kindName: z.string(),
    state: z.enum(keys(changeStates)),
    stateName: z.string(),
    /** 碧塘村 → 碧塘社区 */
    words: z.string(),
    reason: z.string(),
    effectiveAt: Instant,
    /** It had been so for longer, since this day. */
    sinceDay: z.string().nullable(),
    by: z.string(),
    byRole: z.string(),
    at: Instant,
    /** Why it did not come into force. */
    trouble: z.string().nullable(),
    /** Orders, tasks and promises that follow, while they do. */
    following: z.object({ moved: z.int(), done: z.boolean() }).nullable(),
    allows: z.array(z.enum(['cancel'])),
  })
  .meta({ id: 'TreeChange' });

export const NodeBrief = z.object({ id: Ulid, name: z.string() });

export const OutlineNode = z
  .object({
    id: Ulid,
    parentId: Ulid.nullable(),
    name: z.string(),
    /** 村居, 党支部 */
    tierName: z.string(),
    code: z.string().nullable(),
    /** Nobody at its desk or at its head. */
    vacant: z.boolean(),
  })
  .meta({ id: 'OutlineNode' });

export const Holder = z
  .object({
    postId: Ulid,
    personId: Ulid,
    name: z.string(),
    phone: MaskedPhone.nullable(),
    role: PostRole,
    roleName: z.string(),
    kindName: z.string().nullable(),
    until: Instant.nullable(),
    coming: z.boolean(),
    away: z.boolean(),
    disabled: z.boolean(),
    behalfOf: z.string().nullable(),
  })
  .meta({ id: 'Holder' });

export const NodePage = z
  .object({
    tree: TreeName,
    id: Ulid,
    name: z.string(),
    tierName: z.string(),
    rank: Rank.nullable(),
    code: z.string().nullable(),
    /** From the top down to its parent. */
    line: z.array(NodeBrief),
    children: z.array(NodeBrief),
    dutyPhone: z.string().nullable(),
    boundaryPoints: z.int().nullable(),
    centre: Gcj02.nullable(),
    /** Organisations of a grid, grids of an organisation. */
    tied: z.array(NodeBrief),
    counts: z.object({ households: z.int(), people: z.int(), openOrders: z.int(), members: z.int() }),
    holders: z.array(Holder),
    /** 空缺: nobody is there, and who does the work meanwhile. */
    vacancies: z.array(z.object({ roleName: z.string(), servedBy: z.string().nullable() })),
    history: z.array(TreeChange),
    allows: z.array(z.enum(['add', 'give', 'handOver', ...keys(orderedChanges)])),
  })
  .meta({ id: 'NodePage' });

const Names = z.array(z.string());
export const StaffRow = z
  .object({
    gridId: Ulid,
    name: z.string(),
    code: z.string(),
    partyGuide: Names,
    villageLiaison: Names,
    gridWorker: Names,
    /** The names of the posts that nobody holds. */
    missing: Names,
  })
  .meta({ id: 'StaffRow' });
