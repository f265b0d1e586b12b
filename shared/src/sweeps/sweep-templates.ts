import type { Question } from './sweep-form';
import type { SweepKind } from './sweep.words';

export interface SweepTemplate {
  readonly kind: SweepKind;
  readonly name: string;
  readonly purpose: string;
  /** 人口核对: who of the household is there is ticked by name. */
  readonly namesPeople: boolean;
  readonly questions: readonly Question[];
}

const hazard = (id: string, ask: string): Question => ({
  ...{ id, ask, kind: 'yesNo', required: true, finding: true, categoryId: 'hazard' },
});
const photo: Question = { id: 'photo', ask: '拍一张（可以不拍）', kind: 'photo', required: false };
const remark: Question = { id: 'remark', ask: '还要说明的', kind: 'words', required: false };

/** What villages check most often; each is a start that may be changed before the sweep begins. */
export const sweepTemplates = {
  fire: {
    ...{ kind: 'check', name: '消防隐患排查', namesPeople: false },
    purpose: '看用电、用火、楼道和电动车充电，当场能改的当场改。',
    questions: [
      hazard('wires', '电线老化或私拉乱接？'),
      hazard('charging', '电动车在屋里或楼道充电？'),
      hazard('blocked', '楼道、门口堆了杂物？'),
      { id: 'alarm', ask: '家里有灭火器或报警器？', kind: 'yesNo', required: false },
      remark,
      photo,
    ],
  },
  house: {
    ...{ kind: 'check', name: '房屋安全排查', namesPeople: false },
    purpose: '查看住房墙体、屋面和周边边坡，有危险先劝离。',
    questions: [
      {
        ...{ id: 'walls', ask: '墙体、梁柱怎么样？', kind: 'choice', required: true, categoryId: 'hazard' },
        ...{ options: ['完好', '有小裂缝', '裂缝明显', '已经倾斜'], findings: ['裂缝明显', '已经倾斜'] },
      },
      hazard('roof', '屋顶漏雨或有松动？'),
      hazard('slope', '房前屋后边坡有松动？'),
      { id: 'living', ask: '现在有几个人住？', kind: 'number', required: true },
      remark,
      photo,
    ],
  },
  gas: {
    ...{ kind: 'check', name: '燃气安全排查', namesPeople: false },
    purpose: '看气瓶、软管和报警器，过期的当天换。',
    questions: [
      {
        ...{ id: 'fuel', ask: '用什么燃气？', kind: 'choice', required: true },
        options: ['管道气', '瓶装气', '不用燃气'],
      },
      hazard('hose', '软管老化或超过 18 个月？'),
      hazard('bottle', '气瓶过期或放在卧室？'),
      hazard('alarm', '没有装报警器？'),
      remark,
      photo,
    ],
  },
  drowning: {
    ...{ kind: 'check', name: '防溺水排查', namesPeople: false },
    purpose: '问清孩子假期谁照看，讲防溺水“六不”。',
    questions: [
      { id: 'children', ask: '家里有几个 18 岁以下的孩子？', kind: 'number', required: true },
      {
        ...{ id: 'carer', ask: '假期谁照看？', kind: 'choice', required: true, categoryId: 'childCare' },
        ...{ options: ['父母', '祖辈', '亲友', '没有人照看', '没有孩子'], findings: ['没有人照看'] },
      },
      { id: 'told', ask: '“六不”讲过了？', kind: 'yesNo', required: true, finding: false, categoryId: 'childCare' },
      { ...hazard('water', '附近有没围栏的水塘？'), required: false },
      remark,
    ],
  },
  vaccine: {
    ...{ kind: 'check', name: '疫苗接种意愿', namesPeople: false },
    purpose: '问一问愿不愿意接种，要人陪的记下来。',
    questions: [
      { id: 'willing', ask: '愿意接种的有几人？', kind: 'number', required: true },
      { id: 'notYet', ask: '暂时不接种的有几人？', kind: 'number', required: true },
      { id: 'company', ask: '要人陪着去？', kind: 'yesNo', required: true, finding: true, categoryId: 'medicalHelp' },
      remark,
    ],
  },
  population: {
    ...{ kind: 'check', name: '人口核对', namesPeople: true },
    purpose: '对一对家里有谁、谁在外面；不在名册上的记下来，由村里去改。',
    questions: [
      { id: 'away', ask: '外出的有几人？', kind: 'number', required: true },
      { id: 'tenants', ask: '有人租住？', kind: 'yesNo', required: true },
      remark,
    ],
  },
  evacuation: {
    ...{ kind: 'rollCall', name: '防汛防台转移点名', namesPeople: true },
    purpose: '一户一户点到人：转到哪里、谁转的、几点转的。',
    questions: [],
  },
} as const satisfies Record<string, SweepTemplate>;

export type SweepTemplateCode = keyof typeof sweepTemplates;
