/** What a machine wants of the machines around it, in the words of Kubernetes' pods. */
import type { LabelSelector } from '../types.ts';

/** Machines that are meant, and how near "near" is: two hosts are together when they have the same value of the key. */
export interface MachineTerm {
  /** A label of hosts; `kubernetes.io/hostname` is every host by itself. A host without it is in no domain. */
  topologyKey: string;
  /** Absent: no machine. Empty: every machine of those namespaces. */
  selector?: LabelSelector | undefined;
  /** Absent: the machine's own. */
  namespaces?: readonly string[] | undefined;
}

export interface WeightedTerm {
  /** 1 to 100, against the other preferences of the machine. */
  weight: number;
  term: MachineTerm;
}

export interface SpreadConstraint {
  topologyKey: string;
  /** Machines of its own namespace that are to be spread. Absent: none. */
  selector?: LabelSelector | undefined;
  /** How many more may be in one domain than in the one with the fewest. */
  maxSkew: number;
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
}
