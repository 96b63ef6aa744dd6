/** Content of every generated file by path relative to the repository. */
export declare function generatedFiles(): Record<string, string>;
