import { Entity } from 'typeorm';
import type { Relation, Residence } from '@sandan/shared/households/household.words';
import {
  Code,
  CodeId,
  Day,
  Flag,
  Id,
  Int,
  OptionalRef,
  Ref,
  SealedWords,
  Time,
  Words,
} from '../../foundation/database/columns';

@Entity('person')
export class Person {
  @Id() id!: string;
  @Words('name', 40) name!: string;
  @SealedWords('person.phone') phone!: string | null;
  /** 18 places, X in capitals. */
  @SealedWords('person.idNumber') idNumber!: string | null;
  @OptionalRef('household_id') householdId!: string | null;
  @OptionalRef('home_organization_id') homeOrganizationId!: string | null;
  /** To the head of the household. */
  @Code('relation', 20, true) relation!: Relation | null;
  @Code('residence', 20, true) residence!: Residence | null;
  @Int('birth_year', true) birthYear!: number | null;
  @Day('born_on', true) bornOn!: string | null;
  /** 监护人 of a child under 14. */
  @OptionalRef('guardian_id') guardianId!: string | null;
  @Flag('large_type') largeType!: number;
  /** 公开名片: 2, a person has hidden it. */
  @Flag('card_held') cardHeld!: number;
  /** 外出: offers and links pass the person by until then. */
  @Time('away_until', true) awayUntil!: Date | null;
  @Time('away_since', true) awaySince!: Date | null;
  /** The published duty number of the post, or a private one whose owner agreed (consent record); null: not shown. */
  @SealedWords('person.publishedPhone') publishedPhone!: string | null;
  /** 绑定: when a WeChat account and this person of the roster became one. */
  @Time('bound_at', true) boundAt!: Date | null;
  @Code('demo_key', 40, true) demoKey!: string | null;
  /** Version of the privacy notice (隐私告知) agreed to; 0: none, or withdrawn. */
  @Int('agreed_notice') agreedNotice!: number;
  @Time('created_at') createdAt!: Date;
  @Time('disabled_at', true) disabledAt!: Date | null;
  /** 注销: nothing that tells who it was is left. */
  @Time('erased_at', true) erasedAt!: Date | null;
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
