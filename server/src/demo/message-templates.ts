import type { MessageTemplate } from '../foundation/subscribe/subscribe.entity';
import type { Template } from '../foundation/world/wechat-stand-in/templates';

/** 订阅消息模板 of the demo's county, as its operator would have chosen them in WeChat's console. */
export const demoTemplates: readonly [progress: Template, newTask: Template, todo: Template] = [
  {
    id: 'demoProgress-000000000000000000000000000000',
    title: '服务进度通知',
    kind: 'oneTime',
    fields: [
      { name: 'thing1', title: '服务事项', example: '二组路灯不亮' },
      { name: 'phrase2', title: '当前状态', example: '已经接单' },
      { name: 'name3', title: '办理人', example: '李向阳' },
      { name: 'time4', title: '时间', example: '2026年9月15日 09:00' },
    ],
  },
  {
    id: 'demoNewTask-0000000000000000000000000000000',
    title: '新任务提醒',
    kind: 'oneTime',
    fields: [
      { name: 'thing1', title: '任务名称', example: '帮张婆婆买药' },
      { name: 'thing2', title: '地点', example: '碧塘村' },
      { name: 'time3', title: '时间', example: '2026年9月15日 09:00' },
      { name: 'thing4', title: '备注', example: '方便的话请点开接单' },
    ],
  },
  {
    id: 'demoTodo-0000000000000000000000000000000000',
    title: '待办事项提醒',
    kind: 'oneTime',
    fields: [
      { name: 'thing1', title: '事项', example: '二组路灯不亮' },
      { name: 'phrase2', title: '状态', example: '快到期了' },
      { name: 'thing5', title: '备注', example: '请按时办好' },
    ],
  },
];

const [progress, newTask, todo] = demoTemplates;
/** What of ours stands in their fields, in their order. */
const chosen = [
  { kind: 'progress', template: progress, values: ['what', 'state', 'who', 'time'] },
  { kind: 'newTask', template: newTask, values: ['what', 'place', 'time', 'note'] },
  { kind: 'todo', template: todo, values: ['what', 'state', 'note'] },
] as const;

/** As the administrator has filled them in at 微信模板. */
export const demoTemplateRows = (countyId: string): Partial<MessageTemplate>[] =>
  chosen.map(({ kind, template, values }) => ({
    ...{ countyId, kind, templateId: template.id, mode: 'once', version: 1 },
    fields: values.map((value, index) => ({ field: template.fields[index]?.name ?? '', value, words: [] })),
  }));
