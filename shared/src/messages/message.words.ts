/** What a message is about, as its reader sorts his own affairs; the inbox filters and counts by it. */
export const messageTopics = ['orders', 'tasks', 'desk', 'promises', 'home', 'system'] as const;
export type MessageTopic = (typeof messageTopics)[number];

export const topicNames: Readonly<Record<MessageTopic, string>> = {
  orders: '我点的单',
  tasks: '任务',
  desk: '待办',
  promises: '承诺',
  home: '家里的事',
  system: '系统',
};
