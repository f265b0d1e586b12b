import { Entity } from 'typeorm';
import { CodeId, Code, Flag, Id, Int, IntId, Json, Ref, Time, Words } from '../../foundation/database/columns';

/** Per town, with the default standing in code when there is no row. */
@Entity('setting')
export class Setting {
  @Id('grid_id') gridId!: string;
  @CodeId('name', 40) name!: string;
  @Json('value') value!: unknown;
}

/** 台风、灾情停办期 */
@Entity('closed_period')
export class ClosedPeriod {
  @Id() id!: string;
  @Ref('grid_id') gridId!: string;
  @Words('name', 40) name!: string;
  @Time('starts_at') startsAt!: Date;
  @Time('ends_at') endsAt!: Date;
  @Ref('by_id') byId!: string;
}

/** Holidays and make-up workdays; days without a row go by weekday. */
@Entity('calendar_day')
export class CalendarDay {
  /** Days since 1970-01-01 in China time. */
  @IntId('day') day!: number;
  @Code('kind', 10) kind!: 'work' | 'rest';
  @Words('name', 20, true) name!: string | null;
  @Flag('certain') certain!: number;
  @Int('year') year!: number;
}
