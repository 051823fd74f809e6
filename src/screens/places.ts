import type { FoundServer } from '../core/api/discover.ts';
import { DoctorModel, type Examine } from './doctor.ts';
import { EndpointsModel } from './endpoints/endpoints-model.ts';
import { InspectorModel } from './inspector/inspector-model.ts';
import type { InspectorTools } from './inspector/inspector-tools.ts';
import type { Host, PlaceName } from './place.ts';
import { SandboxModel } from './sandbox/sandbox-model.ts';
import type { SandboxTools } from './sandbox/sandbox-tools.ts';

/** The world as the places use it. */
export interface PlaceTools {
  readonly sandbox: SandboxTools;
  readonly inspector: InspectorTools;
  /** Looks for servers on this machine; called only when that is asked for. */
  readonly findServers: () => Promise<readonly FoundServer[]>;
  readonly examine: Examine;
}

/** The screens with keys of their own. */
export const placesIn =
  ({ sandbox, inspector, findServers, examine }: PlaceTools) =>
  (host: Host) => ({
    sandbox: new SandboxModel(host, sandbox),
    inspector: new InspectorModel(host, inspector),
    endpoints: new EndpointsModel(host, findServers),
    doctor: new DoctorModel(host, examine),
  });

export type AppPlaces = ReturnType<ReturnType<typeof placesIn>>;

export const placeTitles: Readonly<Record<PlaceName, string>> = {
  sandbox: 'Sandbox',
  inspector: 'Inspector',
  endpoints: 'Endpoints',
  doctor: 'Key doctor',
};
