export const opinionKinds = { suggestion: '建议', complaint: '投诉' } as const;
export type OpinionKind = keyof typeof opinionKinds;
