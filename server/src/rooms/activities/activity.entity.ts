import type { ActivityAudience, ActivityKind } from '@sandan/shared/activities/activity.words';
import { Entity } from 'typeorm';
import { Code, Flag, Id, Int, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** 活动: 主题党日+, 志愿服务, 培训. Seen by whoever lives or serves where it is held. */
@Entity('activity')
export class Activity {
  @Id() id!: string;
  @Code('kind') kind!: ActivityKind;
  @Code('audience') audience!: ActivityAudience;
  @Words('title', 40) title!: string;
  @Words('words', 500) words!: string;
  /** Where one goes: 村文化广场. */
  @Words('place', 60) place!: string;
  @Ref('grid_id') gridId!: string;
  @Time('starts_at') startsAt!: Date;
  @Time('ends_at') endsAt!: Date;
  /** Null: as many as come. */
  @Int('places', true) places!: number | null;
  @Int('version') version!: number;
  @Ref('set_by_id') setById!: string;
  @Time('set_at') setAt!: Date;
  @Time('cancelled_at', true) cancelledAt!: Date | null;
  @Words('cancel_words', 500, true) cancelWords!: string | null;
  @Flag('held') held!: number;
}

/** 报名、签到: one row for each who has ever signed up or come. */
@Entity('activity_person')
export class ActivityPerson {
  @Id() id!: string;
  @Ref('activity_id') activityId!: string;
  @Ref('person_id') personId!: string;
  @Time('joined_at') joinedAt!: Date;
  /** The act that did it: one that comes again after he left is not a second sign-up. */
  @Ref('joined_in') joinedIn!: string;
  @Time('left_at', true) leftAt!: Date | null;
  @Time('came_at', true) cameAt!: Date | null;
  /** Who noted that he came, for somebody without a phone; null: he has scanned the code. */
  @OptionalRef('marked_by_id') markedById!: string | null;
  /** He came without having signed up: the row began with his coming and ends with it. */
  @Flag('walked_in') walkedIn!: number;
}
