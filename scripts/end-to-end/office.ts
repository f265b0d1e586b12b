import { hours } from '../../server/test/journey';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Device, type Person } from './people';
import { openStage, type Stage } from './stage';

/** A county's office at its computer, with a town to look after. */
export interface Office {
  readonly stage: Stage;
  readonly town: Town;
  /** Signs somebody of it in, at a computer unless said otherwise. */
  enter(name: string, called: string, device?: Device): Promise<Person>;
  /** Time passes, and what is due in the town happens. */
  comes(milliseconds: number): Promise<void>;
  /** A moment from now, as one writes it in China. */
  inChina(milliseconds: number): { day: string; time: string };
  close(): Promise<void>;
}

/** `called`: before the names of its pictures. */
export async function openOffice(called: string): Promise<Office> {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  const stage = await openStage({ config: { h5Dir } });
  const town = await peopled(stage).catch(async (error: unknown) => {
    await stage.close(); // or the process would never end
    throw error;
  });
  return {
    ...{ stage, town, close: stage.close },
    enter: async (name, ofWhat, device = 'desk') => {
      const person = await arrive({ ...stage, device, called: `${called}-${ofWhat}` });
      await signInAs(person.page, name);
      return person;
    },
    comes: async (milliseconds) => {
      stage.server.clock.advance(milliseconds);
      await stage.server.drain(town.townId);
    },
    inChina: (milliseconds) => {
      const text = new Date(stage.server.clock.now() + milliseconds + 8 * hours).toISOString();
      return { day: text.slice(0, 10), time: text.slice(11, 16) };
    },
  };
}

async function peopled({ server }: Stage): Promise<Town> {
  const town = await buildTown(server);
  await prepareForDemo(server, town, { admin: 'admin', deskLead: 'deskLead', auditor: 'auditor' });
  return town;
}
