// Generated from libvirt's API description by `npm run generate`: do not edit.
import { Handle } from '../handle.ts';

export abstract class StreamCalls extends Handle {

}
