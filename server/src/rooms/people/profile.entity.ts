import { Entity } from 'typeorm';
import { Id, OptionalRef, Time, Words } from '../../foundation/database/columns';

/** 头像和昵称 of somebody who has given one of them; whoever has neither has no row. */
@Entity('profile')
export class Profile {
  @Id('person_id') personId!: string;
  @Words('nickname', 20, true) nickname!: string | null;
  @OptionalRef('picture_id') pictureId!: string | null;
  @Time('changed_at') changedAt!: Date;
}
