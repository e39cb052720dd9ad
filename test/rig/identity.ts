/** Who the operator is to the API server: the ServiceAccount of deploy/, so that it has those rights and no others. */
export const operatorNamespace = 'virtfleet-system';
export const operatorAccount = 'virtfleet';
