import type { Opinion } from '../rooms/opinions/opinion.entity';
import type { ClosedPeriod } from '../rooms/settings/setting.entity';
import { shifted, type Stage } from './stage';
import type { Story } from './story';

const days = 24 * 60 * 60_000;

/** Two days in which a typhoon kept the town at home; the clocks of ordinary things stood still. */
export function typhoon({
  random,
  places,
  population,
  today,
}: Pick<Stage, 'random' | 'places' | 'population' | 'today'>): ClosedPeriod {
  const startsAt = new Date(today.getTime() - 74 * days);
  const endsAt = new Date(startsAt.getTime() + 2 * days);
  const byId = population.prepared.admin.row.id;
  return { id: random.id(startsAt), gridId: places.town.grid.id, name: '台风停工', startsAt, endsAt, byId };
}

const opinions: readonly (readonly [kind: Opinion['kind'], words: string, answer: string | null])[] = [
  ['suggestion', '字还可以再大一点，老人家看着吃力。', '已经加了长辈版，在“我的”里打开，字会大很多。'],
  ['complaint', '昨天晚上点单一直转圈，试了三次才发出去。', '那一带信号不好，现在没有网也能先存着，有网自动发出。'],
  ['suggestion', '能不能加上天气预报？', '谢谢建议，天气请看手机自带的，小程序尽量简单。'],
  ['suggestion', '希望能看到我以前点过的单。', '在“点单”里往下翻就能看到，办完的也在。'],
  ['complaint', '消息里看不到是谁接的单。', '已经改好，消息里会写明是谁接的、什么时候来。'],
  ['suggestion', '接单的时候想看看离我家有多远。', null],
  ['complaint', '上传照片有点慢。', null],
];

/** 投诉建议 about the app itself, most of them answered. */
export function giveOpinions(stage: Stage): Opinion[] {
  const { random, population, today } = stage;
  const residents = population.people.filter(({ age, row }) => age > 20 && row.phone !== null);
  return opinions.map(([kind, words, answer], index) => {
    const at = shifted(
      stage,
      'daytime',
      new Date(today.getTime() - (opinions.length - index) * 9 * days),
      random.between(10, 600),
    );
    const answeredAt = answer === null ? null : shifted(stage, 'working', at, random.between(100, 900));
    const answeredById = answer === null ? null : population.prepared.admin.row.id;
    return {
      id: random.id(at),
      personId: random.pick(residents).row.id,
      kind,
      words,
      at,
      answer,
      answeredById,
      answeredAt,
    };
  });
}

/**
 * What happened of late in the orders under way is still to be told: the worker writes the messages from the history, as
 * always. All that is older has been told and read.
 */
export function tellTheRest(stage: Stage, stories: readonly Story[], running: readonly Story[]): void {
  const fresh = new Set(running);
  const since = new Date(stage.today.getTime() - 6 * days);
  for (const story of stories) {
    for (const row of story.history) {
      const isNews = fresh.has(story) && row.at !== undefined && row.at > since;
      row.fannedOutAt = isNews ? null : (row.at ?? null);
    }
  }
}
