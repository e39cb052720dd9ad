/** Set when the person interrupts: from then on nothing new is started, so that what is ended stays ended. */
export const interruption = new AbortController();
