<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR">
  <context>
    <name>Bench</name>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Claro</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Escuro</translation>
    </message>
    <message>
      <source>Change between the dark and the light look</source>
      <translation>Alternar entre a aparência escura e a clara</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>nenhuma ainda</translation>
    </message>
    <message>
      <source>Recipes</source>
      <translation>Receitas</translation>
    </message>
    <message>
      <source>Station</source>
      <translation>Estação</translation>
    </message>
  </context>
  <context>
    <name>Bridge</name>
    <message>
      <source>The camera keeps the station from ending. Unplug it, or close the program.</source>
      <translation>A câmera não deixa a estação terminar. Desconecte-a, ou feche o programa.</translation>
    </message>
    <message>
      <source>A fault in the program stopped this (%1). Details are in the log.</source>
      <translation>Uma falha no programa parou isto (%1). Os detalhes estão no registro.</translation>
    </message>
  </context>
  <context>
    <name>CardHead</name>
    <message>
      <source>%1 expected</source>
      <translation>%1 esperado(s)</translation>
    </message>
    <message>
      <source>must not be there</source>
      <translation>não pode estar presente</translation>
    </message>
    <message>
      <source>%1 passes</source>
      <translation>%1 passa</translation>
    </message>
    <message>
      <source>%1 fails</source>
      <translation>%1 reprova</translation>
    </message>
    <message>
      <source>in its region</source>
      <translation>em sua região</translation>
    </message>
    <message>
      <source>anywhere</source>
      <translation>em qualquer lugar</translation>
    </message>
  </context>
  <context>
    <name>Cards</name>
    <message>
      <source>%2 expected</source>
      <translation>%2 esperado(s)</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
  </context>
  <context>
    <name>Command</name>
    <message>
      <source>It was ended from outside, or the memory did not suffice. What was kept is kept.</source>
      <translation>Foi encerrado de fora, ou a memória não bastou. O que foi salvo continua salvo.</translation>
    </message>
    <message>
      <source>It could not be started: %1</source>
      <translation>Não foi possível iniciar: %1</translation>
    </message>
  </context>
  <context>
    <name>Complaints</name>
    <message>
      <source>Something in the program went wrong (%1). The rest goes on. Details: %2</source>
      <translation>Algo no programa deu errado (%1). O resto continua. Detalhes: %2</translation>
    </message>
  </context>
  <context>
    <name>ComponentCard</name>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Detection</source>
      <translation>Detecção</translation>
    </message>
    <message>
      <source>Detection + classification</source>
      <translation>Detecção + classificação</translation>
    </message>
    <message>
      <source>How it is judged</source>
      <translation>Como é julgado</translation>
    </message>
    <message>
      <source>How many</source>
      <translation>Quantos</translation>
    </message>
    <message>
      <source>chosen by training</source>
      <translation>escolhido pelo treino</translation>
    </message>
    <message>
      <source>The least score that counts, between 0 and 1</source>
      <translation>A menor pontuação que conta, entre 0 e 1</translation>
    </message>
    <message>
      <source>Threshold</source>
      <translation>Limiar</translation>
    </message>
    <message>
      <source>May lie mirrored or at any quarter turn</source>
      <translation>Pode estar espelhado ou girado em quartos de volta</translation>
    </message>
    <message>
      <source>Patterns</source>
      <translation>Padrões</translation>
    </message>
    <message>
      <source>Draw</source>
      <translation>Desenhar</translation>
    </message>
    <message>
      <source>It may be anywhere</source>
      <translation>Pode estar em qualquer lugar</translation>
    </message>
    <message>
      <source>Region</source>
      <translation>Região</translation>
    </message>
    <message>
      <source>Add a pattern</source>
      <translation>Adicionar um padrão</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mais</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>Mover para cima</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>Mover para baixo</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Remover</translation>
    </message>
    <message>
      <source>It must not be there</source>
      <translation>Não pode estar presente</translation>
    </message>
    <message>
      <source>Can be anywhere, and is there or not.</source>
      <translation>Pode estar em qualquer lugar, e está ou não está.</translation>
    </message>
    <message>
      <source>Has looks that pass and looks that fail.</source>
      <translation>Tem aparências que passam e aparências que reprovam.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Mostrar</translation>
    </message>
    <message>
      <source>Anywhere in the picture</source>
      <translation>Em qualquer lugar da imagem</translation>
    </message>
  </context>
  <context>
    <name>Errands</name>
    <message>
      <source>A fault in the program stopped this (%1). Details are in the log.</source>
      <translation>Uma falha no programa parou isto (%1). Os detalhes estão no registro.</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Mend the file in a text editor; it is read again by itself.</source>
      <translation>Corrija o arquivo em um editor de texto; ele é lido de novo sozinho.</translation>
    </message>
    <message>
      <source>“%1” cannot be read</source>
      <translation>“%1” não pode ser lida</translation>
    </message>
    <message>
      <source>Line %1: </source>
      <translation>Linha %1: </translation>
    </message>
  </context>
  <context>
    <name>Findings</name>
    <message>
      <source>Findings</source>
      <translation>Achados</translation>
    </message>
  </context>
  <context>
    <name>Indicator</name>
    <message>
      <source>State of the station</source>
      <translation>Estado da estação</translation>
    </message>
  </context>
  <context>
    <name>Look</name>
    <message>
      <source>FAULT</source>
      <translation>PANE</translation>
    </message>
    <message>
      <source>PASS</source>
      <translation>PASSA</translation>
    </message>
    <message>
      <source>FAIL</source>
      <translation>FALHA</translation>
    </message>
    <message>
      <source>UNSURE</source>
      <translation>INCERTO</translation>
    </message>
    <message>
      <source>Not inspecting</source>
      <translation>Sem inspeção</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Iniciando</translation>
    </message>
    <message>
      <source>Waiting for the camera</source>
      <translation>Esperando a câmera</translation>
    </message>
    <message>
      <source>Looking</source>
      <translation>Olhando</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Parada</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Pronta</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Em execução</translation>
    </message>
    <message>
      <source>Fault</source>
      <translation>Falha</translation>
    </message>
  </context>
  <context>
    <name>NameForm</name>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Make the recipe</source>
      <translation>Criar a receita</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Letters, digits, '-', '_' and '.'</source>
      <translation>Letras, dígitos, '-', '_' e '.'</translation>
    </message>
  </context>
  <context>
    <name>Passing</name>
    <message>
      <source>Passes</source>
      <translation>Passa</translation>
    </message>
    <message>
      <source>Fails</source>
      <translation>Reprova</translation>
    </message>
  </context>
  <context>
    <name>PatternRow</name>
    <message>
      <source>Name of the pattern</source>
      <translation>Nome do padrão</translation>
    </message>
    <message>
      <source>Remove this pattern</source>
      <translation>Remover este padrão</translation>
    </message>
  </context>
  <context>
    <name>Picture</name>
    <message>
      <source>Picture of the camera</source>
      <translation>Imagem da câmera</translation>
    </message>
  </context>
  <context>
    <name>Recent</name>
    <message>
      <source>Last ten inspections</source>
      <translation>As últimas dez inspeções</translation>
    </message>
  </context>
  <context>
    <name>RecipeEditor</name>
    <message>
      <source>Undo (Ctrl+Z)</source>
      <translation>Desfazer (Ctrl+Z)</translation>
    </message>
    <message>
      <source>Redo (Ctrl+Shift+Z)</source>
      <translation>Refazer (Ctrl+Shift+Z)</translation>
    </message>
    <message>
      <source>Add a component</source>
      <translation>Adicionar um componente</translation>
    </message>
    <message>
      <source>How it decides</source>
      <translation>Como decide</translation>
    </message>
    <message>
      <source>Not saved yet: 1 thing is wrong.</source>
      <translation>Ainda não salvo: 1 item está errado.</translation>
    </message>
    <message>
      <source>Not saved yet: %1 things are wrong.</source>
      <translation>Ainda não salvo: %1 itens estão errados.</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Salvo</translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>Salvando…</translation>
    </message>
    <message>
      <source>Not saved yet: the file could not be written. The next change tries again.</source>
      <translation>Ainda não salvo: o arquivo não pôde ser gravado. A próxima alteração tenta de novo.</translation>
    </message>
  </context>
  <context>
    <name>RecipeList</name>
    <message>
      <source>1 fault</source>
      <translation>1 erro</translation>
    </message>
    <message>
      <source>%1 faults</source>
      <translation>%1 erros</translation>
    </message>
    <message>
      <source>taught</source>
      <translation>ensinada</translation>
    </message>
    <message>
      <source>changed since taught</source>
      <translation>alterada desde o ensino</translation>
    </message>
    <message>
      <source>not taught yet</source>
      <translation>ainda não ensinada</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>não pode ser lida</translation>
    </message>
    <message>
      <source>Recipes</source>
      <translation>Receitas</translation>
    </message>
  </context>
  <context>
    <name>RecipesPage</name>
    <message>
      <source>Changes of %1 are not in order and not saved.</source>
      <translation>As alterações de %1 não estão em ordem e não foram salvas.</translation>
    </message>
    <message>
      <source>The file of “%1” was changed by somebody else, and read again. Ctrl+Z takes that back.</source>
      <translation>O arquivo de “%1” foi alterado por outra pessoa e lido de novo. Ctrl+Z desfaz isso.</translation>
    </message>
    <message>
      <source>A region is drawn on a picture: take one first.</source>
      <translation>Uma região é desenhada sobre uma imagem: capture uma primeiro.</translation>
    </message>
    <message>
      <source>A new recipe</source>
      <translation>Uma nova receita</translation>
    </message>
    <message>
      <source>A copy of “%1”; recordings stay with the original</source>
      <translation>Uma cópia de “%1”; as gravações ficam com o original</translation>
    </message>
    <message>
      <source>Made “%1”.</source>
      <translation>“%1” criada.</translation>
    </message>
    <message>
      <source>Move “%1” to the trash? It can be put back.</source>
      <translation>Mover “%1” para a lixeira? Pode ser restaurada.</translation>
    </message>
    <message>
      <source>Recordings of it: %1. They stay, and teach nothing until there is a recipe of this name.</source>
      <translation>Gravações dela: %1. Elas ficam, e nada ensinam até existir uma receita com este nome.</translation>
    </message>
    <message>
      <source>Move to the trash</source>
      <translation>Mover para a lixeira</translation>
    </message>
    <message>
      <source>Keep it</source>
      <translation>Manter</translation>
    </message>
  </context>
  <context>
    <name>RegionCanvas</name>
    <message>
      <source>Regions on the picture</source>
      <translation>Regiões na imagem</translation>
    </message>
  </context>
  <context>
    <name>RegionPanel</name>
    <message>
      <source>Remove the region</source>
      <translation>Remover a região</translation>
    </message>
    <message>
      <source>Source of the picture</source>
      <translation>Fonte da imagem</translation>
    </message>
    <message>
      <source>Take a picture</source>
      <translation>Capturar imagem</translation>
    </message>
    <message>
      <source>From a recording</source>
      <translation>De uma gravação</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Imagem</translation>
    </message>
    <message>
      <source>Waiting for a picture…</source>
      <translation>Esperando uma imagem…</translation>
    </message>
    <message>
      <source>A camera takes a moment to open.</source>
      <translation>Uma câmera leva um momento para abrir.</translation>
    </message>
    <message>
      <source>No picture yet</source>
      <translation>Nenhuma imagem ainda</translation>
    </message>
    <message>
      <source>Regions are drawn on a picture: take one with the camera, or choose a file below.</source>
      <translation>As regiões são desenhadas sobre uma imagem: capture uma com a câmera, ou escolha um arquivo abaixo.</translation>
    </message>
    <message>
      <source>No picture came</source>
      <translation>Nenhuma imagem chegou</translation>
    </message>
    <message>
      <source>The regions were drawn on %1, this picture is %2. Choose one of that size, or remove them.</source>
      <translation>As regiões foram desenhadas em %1, esta imagem tem %2. Escolha uma desse tamanho, ou remova-as.</translation>
    </message>
    <message>
      <source>Arrows move it, Ctrl resizes, Shift by ten, Del removes</source>
      <translation>As setas movem, com Ctrl redimensionam, com Shift de dez em dez, Del remove</translation>
    </message>
    <message>
      <source>%1 may be anywhere</source>
      <translation>%1 pode estar em qualquer lugar</translation>
    </message>
    <message>
      <source>Draw on the picture where its centre must lie</source>
      <translation>Desenhe na imagem onde o centro deve estar</translation>
    </message>
  </context>
  <context>
    <name>ShelfPanel</name>
    <message>
      <source>New recipe</source>
      <translation>Nova receita</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Duplicar</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Excluir</translation>
    </message>
  </context>
  <context>
    <name>SourceChoice</name>
    <message>
      <source>Video or picture…</source>
      <translation>Vídeo ou imagem…</translation>
    </message>
    <message>
      <source>Folder of pictures…</source>
      <translation>Pasta de imagens…</translation>
    </message>
  </context>
  <context>
    <name>StationPage</name>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Fonte</translation>
    </message>
    <message>
      <source>The station is stopped</source>
      <translation>A estação está parada</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Iniciar</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Parar</translation>
    </message>
    <message>
      <source>The source has come to its end.</source>
      <translation>A fonte chegou ao fim.</translation>
    </message>
    <message>
      <source>The station has a fault</source>
      <translation>A estação tem uma falha</translation>
    </message>
    <message>
      <source>Ready to start</source>
      <translation>Pronta para iniciar</translation>
    </message>
    <message>
      <source>Choose the source and press Start, or the space bar.</source>
      <translation>Escolha a fonte e pressione Iniciar, ou a barra de espaço.</translation>
    </message>
    <message>
      <source>%1 frames/s    %2 ms    %3 skipped</source>
      <translation>%1 quadros/s    %2 ms    %3 pulados</translation>
    </message>
  </context>
  <context>
    <name>Stations</name>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Esta receita não pode ser lida</translation>
    </message>
    <message>
      <source>This bundle cannot be used</source>
      <translation>Este pacote não pode ser usado</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>A recipe says what a correctly assembled product shows. Make the first one, then teach it with two short videos per component. The workspace is %1.</source>
      <translation>Uma receita diz o que um produto montado corretamente mostra. Crie a primeira e ensine-a com dois vídeos curtos por componente. A pasta de trabalho é %1.</translation>
    </message>
    <message>
      <source>“%1” is not taught yet</source>
      <translation>“%1” ainda não foi ensinada</translation>
    </message>
    <message>
      <source>Record each component once where it is there and once where it is not, train, and promote the bundle.</source>
      <translation>Grave cada componente uma vez onde ele está e uma vez onde ele falta, treine e promova o pacote.</translation>
    </message>
  </context>
  <context>
    <name>Stepper</name>
    <message>
      <source>One less</source>
      <translation>Um a menos</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>Um a mais</translation>
    </message>
  </context>
  <context>
    <name>Tally</name>
    <message>
      <source>Counts of this run</source>
      <translation>Contagens desta execução</translation>
    </message>
    <message>
      <source>Passed</source>
      <translation>Aprovadas</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Reprovadas</translation>
    </message>
    <message>
      <source>Unsure</source>
      <translation>Incertas</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
  </context>
  <context>
    <name>TrashLine</name>
    <message>
      <source>Put it back</source>
      <translation>Restaurar</translation>
    </message>
    <message>
      <source>“%1” lies in the trash.</source>
      <translation>“%1” está na lixeira.</translation>
    </message>
  </context>
  <context>
    <name>VerdictPanel</name>
    <message>
      <source>Verdict</source>
      <translation>Veredito</translation>
    </message>
  </context>
  <context>
    <name>VoteCard</name>
    <message>
      <source>All the time</source>
      <translation>O tempo todo</translation>
    </message>
    <message>
      <source>When it comes to rest</source>
      <translation>Quando fica em repouso</translation>
    </message>
    <message>
      <source>It judges</source>
      <translation>Julga</translation>
    </message>
    <message>
      <source>Frames that must agree</source>
      <translation>Quadros que devem concordar</translation>
    </message>
    <message>
      <source>Out of how many</source>
      <translation>De quantos</translation>
    </message>
    <message>
      <source>Decide within</source>
      <translation>Decidir em até</translation>
    </message>
    <message>
      <source>Seconds; then it is unsure</source>
      <translation>Segundos; depois fica incerto</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Imagem</translation>
    </message>
    <message>
      <source>Regions are in its pixels</source>
      <translation>As regiões contam em seus pixels</translation>
    </message>
    <message>
      <source>of any size</source>
      <translation>de qualquer tamanho</translation>
    </message>
  </context>
  <context>
    <name>Welcome</name>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>A recipe says what a correctly assembled product shows: which components, how many of each, and where. The station holds every workpiece against it; two short videos teach each component.</source>
      <translation>Uma receita diz o que um produto montado corretamente mostra: quais componentes, quantos de cada e onde. A estação compara cada peça com ela; dois vídeos curtos ensinam cada componente.</translation>
    </message>
    <message>
      <source>Make the first recipe</source>
      <translation>Criar a primeira receita</translation>
    </message>
  </context>
  <context>
    <name>Window</name>
    <message>
      <source>Close all the same</source>
      <translation>Fechar mesmo assim</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>Ficar</translation>
    </message>
    <message>
      <source>It changes at the next start, since something runs.</source>
      <translation>Muda na próxima vez que iniciar, pois algo está em execução.</translation>
    </message>
  </context>
</TS>
