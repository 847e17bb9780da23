//! Workbooks: the fill-in template, annexes 2 and 3 as XLSX.
