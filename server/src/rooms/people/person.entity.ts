import { Entity } from 'typeorm';
import { Code, CodeId, Flag, Id, Int, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

@Entity('person')
export class Person {
  @Id() id!: string;
  @Words('name', 40) name!: string;
  @Code('phone', 20, true) phone!: string | null;
  @OptionalRef('household_id') householdId!: string | null;
  @OptionalRef('home_organization_id') homeOrganizationId!: string | null;
  @Int('birth_year', true) birthYear!: number | null;
  @Flag('large_type') largeType!: number;
  /** 外出: offers and links pass the person by until then. */
  @Time('away_until', true) awayUntil!: Date | null;
  /** The published duty number of the post, or a private one whose owner agreed (consent record); null: not shown. */
  @Code('published_phone', 20, true) publishedPhone!: string | null;
  @Code('demo_key', 40, true) demoKey!: string | null;
  @Time('created_at') createdAt!: Date;
  @Time('disabled_at', true) disabledAt!: Date | null;
}

@Entity('wechat_account')
export class WechatAccount {
  @CodeId('openid', 64) openid!: string;
  @Ref('person_id') personId!: string;
  @Code('unionid', 64, true) unionid!: string | null;
  @Time('created_at') createdAt!: Date;
}

@Entity('person_skill')
export class PersonSkill {
  @Id('person_id') personId!: string;
  @CodeId('skill', 30) skill!: string;
}
