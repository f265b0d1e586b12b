import type { Plan } from './plans';
import type { Stage } from './stage';
import { NobodyFits, PastToday, type Story } from './story';

const patience = 500;

/** Plays a plan until chance lets it come to its end before today. */
export async function played(stage: Stage, plan: Plan): Promise<Story[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await plan(stage);
    } catch (error) {
      const again = error instanceof PastToday || error instanceof NobodyFits;
      if (!again || attempt === patience) throw error;
    }
  }
}
