import { fromJson, type Reading } from '../../foundation/database/connect';
import type { CategoryRule } from '../../foundation/reference/reference';

interface CategoryRow {
  id: string;
  field: string;
  field_name: string;
  name: string;
  sort: number;
  picture: number | null;
  urgency: CategoryRule['urgency'];
  limits: unknown;
  photo: CategoryRule['photo'];
  visibility: CategoryRule['visibility'];
  settleable: number;
  direct: number;
  verify: number;
  fallback_assign: number;
  team: number;
  external: number;
  active: number;
  desk_tier: 'village' | 'town';
  desk_kind: 'desk' | 'discipline';
  skill: string | null;
  notice: string | null;
}

export async function allCategories(reading: Reading): Promise<CategoryRule[]> {
  const rows = await reading.query<CategoryRow>('SELECT * FROM category ORDER BY sort, id');
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    field: row.field,
    fieldName: row.field_name,
    sort: row.sort,
    picture: row.picture,
    urgency: row.urgency,
    limits: fromJson<CategoryRule['limits']>(row.limits),
    photo: row.photo,
    visibility: row.visibility,
    settleable: row.settleable === 1,
    direct: row.direct === 1,
    verify: row.verify === 1,
    fallbackAssign: row.fallback_assign === 1,
    team: row.team === 1,
    external: row.external === 1,
    active: row.active === 1,
    deskTier: row.desk_tier,
    deskKind: row.desk_kind,
    skill: row.skill,
    notice: row.notice,
  }));
}
